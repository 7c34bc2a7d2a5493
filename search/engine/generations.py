"""A folder of index generations, one of them in use, so that a new one is built unseen."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from typing import Final

from search.arrays.manifest import replace_file

_POINTER: Final = "current"
_PREFIX: Final = "generation-"


def read_current(root: Path) -> Path | None:
    """Return the folder of the generation in use, None where none was ever made."""
    try:
        name = (root / _POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return root / name if name.startswith(_PREFIX) else None


def make_generation(root: Path) -> Path:
    """Make the empty folder of a new generation."""
    folder = root / f"{_PREFIX}{uuid.uuid4().hex[:12]}"
    folder.mkdir(parents=True)
    return folder


def switch_generation(root: Path, folder: Path) -> None:
    """Put a generation into use and sweep the others away.

    Searches that have the old one open keep reading it: the system keeps its files for them.
    """
    replace_file(root / _POINTER, folder.name)
    for other in root.glob(f"{_PREFIX}*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
