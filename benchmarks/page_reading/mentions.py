"""First hand: what a page prints that is no statement about the speech, or hardly one."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from benchmarks.page_reading.facts import Facts
from benchmarks.page_reading.pages import Sheet


@cache
def load_site_words() -> dict[str, Any]:
    """Return the words that sites put on their pages, by what they are."""
    path = Path(__file__).with_name("site_words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


PRINTED: Final[dict[str, Callable[[Facts], str]]] = {
    "place": lambda facts: facts.place,
    "stem": lambda facts: facts.stem,
    "short": lambda facts: facts.short,
    "head": lambda facts: facts.head,
    "party": lambda facts: facts.party,
    "organm": lambda facts: facts.organ,
    "urlm": lambda facts: f"http://{facts.host}/index.html",
    "other": lambda facts: facts.other,
    "third": lambda facts: facts.third,
    "year": lambda facts: str(facts.delivered.year),
    "last": lambda facts: str(facts.delivered.year - 1),
    "md": lambda facts: f"{facts.delivered.month}月{facts.delivered.day}日",
    "week": lambda facts: "星期" + "一二三四五六日"[facts.published.weekday()],
    "n": lambda facts: str(facts.chance.randint(1, 99)),
    "nn": lambda facts: str(facts.chance.randint(100, 99999)),
    "col": lambda facts: facts.chance.choice(load_site_words()["columns"]),
    "odd": lambda facts: facts.chance.choice(load_site_words()["odd"]),
    "titlem": lambda facts: facts.title,
    "namem": lambda facts: facts.speaker,
    "meetm": lambda facts: facts.meeting,
    "site": lambda facts: facts.site,
    "paper": lambda facts: facts.paper,
    "host": lambda facts: facts.host,
    "issuer": lambda facts: facts.place + "人大常委会",
    "office": lambda facts: facts.place + "人民政府",
    "station": lambda facts: facts.stem + "电视台",
    "bureau": lambda facts: facts.place + "人民政府办公室",
    "clerks": lambda facts: facts.place + "人大常委会办公室",
    "yearx": lambda facts: str(facts.delivered.year),
}
# What may be taken for a statement where it stands, as in a caption or a breadcrumb.
_ALLOWED: Final = {
    "titlem": "title",
    "namem": "speaker",
    "meetm": "occasion",
    "site": "source",
    "paper": "source",
    "host": "url",
    "yearx": "delivered",
    "issuer": "organisation",
    "office": "organisation",
    "station": "source",
    "bureau": "organisation",
    "clerks": "organisation",
}


class Mentions:
    """Prints what is only mentioned; a field is noted as right if it is read from that."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.facts, self.chance = sheet, sheet.facts, sheet.chance

    def put(self, name: str) -> str:
        """Return what stands for a slot."""
        if name not in PRINTED:
            return str(getattr(self, "put_" + name)())
        words = PRINTED[name](self.facts)
        if name in _ALLOWED:
            self.sheet.allow(_ALLOWED[name], words)
        if name == "site":
            self.sheet.site = words
        if name == "host":
            self.sheet.allow("url", "http://" + words)
        return words

    def put_placet(self) -> str:
        """The place on a line above a title, which many read as its first line."""
        self.sheet.allow("title", self.facts.place + self.facts.title)
        return self.facts.place

    def put_han(self) -> str:
        """Characters that make no sense: a line that no list of words knows."""
        chars = load_site_words()["plain_chars"]
        return "".join(self.chance.choice(chars) for _ in range(self.chance.randint(2, 9)))
