"""What a reader of a speech asks to see besides the plain text: ?show=slogans,suspects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

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
    revision: int | None = None
    shown: tuple[str, ...] = ()

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> Display:
        """Read q, rev and show; what is not known counts as unset."""
        asked = {word.strip() for word in params.get("show", "").split(",")}
        number = params.get("rev", "")
        return cls(
            query=params.get("q", "").strip()[:500],
            revision=int(number) if number.isdecimal() and len(number) < 10 else None,
            shown=tuple(name for name in OPTIONS if name in asked),
        )

    def shows(self, name: str) -> bool:
        """Tell whether the option is on."""
        return name in self.shown

    def to_querystring(self, *, toggle: str = "", query: str | None = None) -> str:
        """Return "?…" for this view with one option turned over or another query; "" if plain."""
        shown = set(self.shown) ^ ({toggle} if toggle else set())
        pairs = {
            "q": self.query if query is None else query,
            "rev": self.revision or "",
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
