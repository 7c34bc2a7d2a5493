"""Counts of its own for each test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _count_apart(settings: Any, tmp_path: Path) -> None:
    settings.CACHE_DIR = tmp_path
