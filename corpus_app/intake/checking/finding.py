"""One difference that a check found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Area = Literal["database", "uploads", "staging", "speeches", "outline", "derived", "index"]


@dataclass(frozen=True)
class Finding:
    """What differs, where, and whether the repair mended it; speech is None for none."""

    area: Area
    code: str
    message: str
    speech: int | None = None
    repaired: bool = False
