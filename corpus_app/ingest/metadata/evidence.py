"""Level and place of a speech, from the names in its header; null where none tells."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.rule_files import read_rules

_PLACE: Final = re.compile(
    r"(?:^|在|——|中共)(?!在|中共)(?:庆祝|纪念|祝贺|迎接)?+(?P<p>(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))?"
    r"[\u4e00-\u9fff]{1,7}?(?:省|自治区|自治州|市|区|县|旗|镇|乡|街道))"
    r"(?=人大|人民代表|委|人民政府|政府|第[一二三四五六七八九十]|[一二三四五六七八九十]{1,3}届|党|工委|政协|新任|人民法院)"
)
_NOT_PLACES: Final = re.compile(
    r"^(?:全|我|本|各|该|这|那|某|所|省市|市县|县乡|市区|出席|参加|列席|[XxＸ*×])|人大|会议|关于|全国|委员|[在于就对]|全[省市区县镇乡州]|同志"
)
_SCAN_CHARS: Final = 20_000


@cache
def _levels() -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    return [
        (rule["code"], re.compile(rule["names"]), re.compile(rule["organs"]))
        for rule in read_rules("levels")["level"]
    ]


def infer_level(meta: Metadata, text: str) -> str | None:
    """Return the level whose organs the header names, the innermost of several; else the text's.

    某省某市人大 is a city's. 全区 may mean an autonomous region: null where the text speaks of one.
    """
    base = find_level_field(meta)
    if base is None:
        return _count_organs(text[:_SCAN_CHARS])
    line = getattr(meta, base)
    found = _read_level(line)
    return None if found == "county" and "全区" in line and "自治区" in text else found


def find_level_field(meta: Metadata) -> str | None:
    """Return the name of the first field that names a level, None where none does."""
    names = ("organisation", "speaker_role", "subtitle", "occasion", "title")
    for name in names[:4] if meta.title_inferred else names:
        if _read_level(getattr(meta, name) or ""):
            return name
    return None


def find_organ(text: str, level: str) -> tuple[int, int] | None:
    """Return where the text first names an organ of the level."""
    organs = next(organs for code, _, organs in _levels() if code == level)
    match = organs.search(text[:_SCAN_CHARS])
    return match.span() if match else None


def _read_level(line: str) -> str | None:
    """Return the level named first of all in a line: what follows is its subject."""
    matches = [(m.end(), code) for code, names, _ in _levels() if (m := names.search(line))]
    if not matches:
        return None
    first = min(matches)[0]
    return next(code for end, code in matches if end == first)


def _count_organs(text: str) -> str | None:
    """Return the level whose organs a text names most, by far; None without such a majority."""
    rules = read_rules("levels")
    counts = {code: len(organs.findall(text)) for code, _, organs in _levels()}
    code = max(counts, key=lambda c: counts[c])
    enough = counts[code] >= rules["mentions"]
    return code if enough and counts[code] >= rules["share"] * sum(counts.values()) else None


def infer_place(meta: Metadata) -> str | None:
    """Return the place that organisation, office, subtitle, occasion or title name outright."""
    stated = None if meta.title_inferred else meta.title
    for line in (meta.organisation, meta.speaker_role, meta.subtitle, meta.occasion, stated):
        for match in _PLACE.finditer(line or ""):
            place = match["p"]
            if len(place) >= 3 and not _NOT_PLACES.search(place):
                return place
    return None
