"""The rules of the research views (TOML), beside the code that reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corpus_app.ingest import rule_files


def read_rules(name: str) -> dict[str, Any]:
    """Return the tables of <name>.toml here; the same object at every call."""
    return rule_files.read_rules(name, Path(__file__).parent)
