"""An index folder of its own for every test that takes index_folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from haystack import connections


@pytest.fixture
def index_folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Point the arrays and the engine at a new folder, and back."""
    before = dict(connections.connections_info["default"])
    settings.INDEX_DIR = tmp_path
    connections.connections_info["default"] = {**before, "PATH": str(tmp_path / "engine")}
    connections.reload("default")
    yield tmp_path
    connections.connections_info["default"] = before
    connections.reload("default")
