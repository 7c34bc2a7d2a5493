"""Reading of the rule files (TOML) that stand beside the code in rules/."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

RULES = Path(__file__).parent / "rules"


@cache
def read_rules(name: str, folder: Path = RULES) -> dict[str, Any]:
    """Return the tables of <name>.toml in a folder of rules; the same object at every call."""
    with (folder / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
