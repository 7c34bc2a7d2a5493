"""Heads of real kinds of pages, kept beside the project: the fields of each against its key."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.page_reading.pages import Accepted
from benchmarks.page_reading.scoring import Reader, Score, judge, read_fields

HEADS = Path(__file__).resolve().parents[3] / "shared/cases/page-heads"
# The key's own names of fields.
_NAMES = {"date": "delivered", "pub": "published", "upd": "updated"}


def score_heads(read: Reader, folder: Path = HEADS) -> list[Score]:
    """Return the marks of all heads in the folder; none where it is missing."""
    key = folder / "expected.json"
    if not key.is_file():
        return []
    scores = []
    for name, kind, stated in json.loads(key.read_text(encoding="utf-8")):
        said = read_fields(read((folder / name).read_bytes(), name))
        score = Score(kind)
        for field, value in stated.items():
            first, *others = (value or "").split("|")
            accepted: Accepted = tuple(others)
            ours = _NAMES.get(field, field)
            score.fields[ours] = judge(first or None, accepted, said[ours])
        scores.append(score)
    return scores
