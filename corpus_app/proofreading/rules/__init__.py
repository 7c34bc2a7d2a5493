"""The rules of the check (TOML), beside the code that reads them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def read_rules(name: str) -> dict[str, Any]:
    """Return the tables of <name>.toml; the same object at every call."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))
