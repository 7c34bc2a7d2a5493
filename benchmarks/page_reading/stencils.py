"""First hand: pages typed as they are seen, each line led by a letter that says what it is.

    c 首页 > {col} > 正文
    t {title}
    ?u {sub}
    b

A line led by ? stands on half of the pages; lines led by ~ are shuffled with their neighbours;
⟨this|that⟩ is one of both; a lone b is the speech.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from opencc import OpenCC

from benchmarks.page_reading.disturbing import put_body
from benchmarks.page_reading.pages import Line, Page, Role, Sheet
from benchmarks.page_reading.slots import Slots

ROLES: Final[dict[str, Role]] = {
    "c": "chrome",
    "t": "title",
    "u": "subtitle",
    "d": "date",
    "s": "speaker",
    "o": "organisation",
    "l": "stated",
    "k": "label",
    "v": "value",
    "p": "caption",
    "f": "preface",
    "b": "body",
    "g": "signature",
}
FOLDER = Path(__file__).with_name("families")
_FIGURES = re.compile(r"[\d./－-]+")
_GAPS = ("\n", "\n", "\n", "\n\n", "\n　　", "\r\n", "\n  \n", "\n\n　　")


@cache
def load_stencils() -> dict[str, dict[str, Any]]:
    """Return the stencils of all text carriers by the name of their family."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["family"]:
            found[entry["name"]] = entry | {"carrier": path.stem}
    return found


def make_from_stencil(name: str, seed: int) -> Page:
    """Return a page of a family that is a stencil."""
    entry = load_stencils()[name]
    sheet = Sheet(name, seed, list_kinds(entry))
    slots = Slots(sheet)
    for line in _arrange(entry["page"].strip("\n").split("\n"), sheet):
        write_line(slots, line, entry)
    if entry.get("traditional"):
        _convert(sheet)
    gap = entry.get("gap") or sheet.chance.choice(_GAPS)
    text = gap.join(line.text for line in sheet.lines)
    suffix = entry.get("suffix", "txt")
    return sheet.close(f"{name}-{seed}.{suffix}", encode(text, sheet))


def list_kinds(entry: dict[str, Any]) -> tuple[str, ...]:
    """Return the kinds of speech that a family's pages hold; where any do, rarer ones too."""
    kinds = tuple(entry.get("kinds", ()))
    return (*kinds, "account") if {"report", "speech"} <= set(kinds) else kinds


def _convert(sheet: Sheet) -> None:
    """Turn a finished page and what it states into traditional characters."""
    turn = OpenCC("s2t").convert
    sheet.lines = [Line(turn(line.text), line.role, line.inner) for line in sheet.lines]
    sheet.fields = {name: turn(value) if value else value for name, value in sheet.fields.items()}
    sheet.others = {
        name: tuple(turn(value) if value else value for value in values)
        for name, values in sheet.others.items()
    }


def encode(text: str, sheet: Sheet) -> bytes:
    """Return the text in one of the encodings that files come in, where it holds the text."""
    codec = sheet.chance.choices(["utf-8", "utf-8-sig", "gb18030"], [8, 1, 1])[0]
    return text.encode(codec)


def write_line(slots: Slots, line: str, entry: dict[str, Any]) -> None:
    """Put one line of a stencil on the sheet."""
    letter, _, pattern = line.partition(" ")
    if letter == "b":
        put_body(slots.sheet, pattern.split(), entry.get("size"))
        return
    slots.role = None
    chosen = slots.choose(pattern)
    text = slots.fill(chosen)
    if letter == "d" and (_FIGURES.fullmatch(text) or "{pub" in chosen):
        _allow_either_day(slots.sheet, "published" if "{pub" in chosen else "delivered")
    if letter == "t" and slots.facts.title in text:
        slots.sheet.allow("title", text)
    for part in text.split("\n"):
        slots.sheet.add(part, slots.role or ROLES[letter])


def _allow_either_day(sheet: Sheet, name: str) -> None:
    """Allow a bare day on a line of its own to be that of the speech or of its publication."""
    other = "published" if name == "delivered" else "delivered"
    sheet.allow(other, sheet.fields[name])
    sheet.allow(name, None)


def _arrange(lines: list[str], sheet: Sheet) -> list[str]:
    """Return the lines that this page has, in its order."""
    out: list[str] = []
    loose: list[str] = []
    for line in lines:
        if line.startswith("?"):
            if sheet.chance.random() < 0.5:
                continue
            line = line[1:]
        if line.startswith("~"):
            loose.append(line[1:])
            continue
        out += sheet.chance.sample(loose, len(loose))
        loose = []
        out.append(line)
    return out + sheet.chance.sample(loose, len(loose))
