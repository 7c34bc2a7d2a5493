"""What a reader of a speech asks to see besides the plain text: ?show=slogans,suspects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from corpus_app.text.numbers import read_number
from search import MATCHES, Match, read_choice

_SPAN: Final = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
OPTIONS: Final = ("slogans", "themes", "suspects", "punct", "removed")


@dataclass(frozen=True)
class Toggle:
    """A switch as a link: where it leads turns the option on, or off where it is on."""

    name: str
    label: str
    on: bool
    url: str


@dataclass(frozen=True)
class Display:
    """The chosen options of one view of a speech, with its query and revision."""

    query: str = ""
    match: Match = "auto"
    revision: int | None = None
    # The characters that a short link names, start and end in the revision's text.
    cited: tuple[int, int] | None = None
    shown: tuple[str, ...] = ()

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> Display:
        """Read q, match, rev, hl and show; what is not known counts as unset."""
        asked = {word.strip() for word in params.get("show", "").split(",")}
        return cls(
            query=params.get("q", "").strip()[:500],
            match=cast(Match, read_choice(params.get("match"), MATCHES)),
            revision=read_number(params.get("rev")),
            cited=_read_span(params.get("hl", "")),
            shown=tuple(name for name in OPTIONS if name in asked),
        )

    def shows(self, name: str) -> bool:
        """Tell whether the option is on."""
        return name in self.shown

    def to_querystring(self, *, toggle: str = "", marked: bool = True) -> str:
        """Return "?…" for this view with one option turned over, or without marks."""
        shown = set(self.shown) ^ ({toggle} if toggle else set())
        pairs = {
            "q": self.query if marked else "",
            "match": self.match if marked and self.match != "auto" else "",
            "rev": self.revision or "",
            "hl": "-".join(str(place) for place in self.cited or ()) if marked else "",
            "show": ",".join(name for name in OPTIONS if name in shown),
        }
        kept = {name: value for name, value in pairs.items() if value}
        return "?" + urlencode(kept, safe=",") if kept else "?"

    def list_toggles(self) -> list[Toggle]:
        """Return the switches in the order shown."""
        labels = {
            "slogans": _("提法"),
            "themes": _("主题词"),
            "suspects": _("疑似差错"),
            "punct": _("全角标点"),
            "removed": _("剔除内容"),
        }
        return [
            Toggle(name, labels[name], self.shows(name), self.to_querystring(toggle=name))
            for name in OPTIONS
        ]


def _read_span(text: str) -> tuple[int, int] | None:
    """Return start and end of 12-34; None for what is no span."""
    found = _SPAN.fullmatch(text)
    if found is None or int(found[1]) >= int(found[2]):
        return None
    return int(found[1]), int(found[2])
