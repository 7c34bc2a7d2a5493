"""Fourth hand: the mark-up of a made-up site, its tags and classes drawn with its design."""

from __future__ import annotations

import html
from collections.abc import Sequence
from random import Random
from typing import Final

from benchmarks.page_reading.pages import Line, Role

# What a designer may choose for a role; {} are the words.
_FORMS: Final[dict[str, tuple[str, ...]]] = {
    "title": (
        "<h1>{}</h1>",
        "<h2 class='bt'>{}</h2>",
        "<div class='art-name'>{}</div>",
        "<p align='center'><strong>{}</strong></p>",
        "<center><font size='5'>{}</font></center>",
    ),
    "head": (
        "<p class='m'>{}</p>",
        "<div>{}</div>",
        "<p style='text-align:center'>{}</p>",
        "<h4>{}</h4>",
        "<center>{}</center>",
    ),
    "chrome": (
        "<li><a href='/x'>{}</a></li>",
        "<div>{}</div>",
        "<a href='/y'>{}</a><br>",
        "<p>{}</p>",
        "<dd>{}</dd>",
    ),
    "body": (
        "<p>　　{}</p>",
        "<p>{}</p>",
        "<p style='text-indent:2em'>{}</p>",
        "　　{}<br><br>",
        "<div class='txt'>{}</div>",
        "<p><span>{}</span></p>",
    ),
}
_BOXES: Final = (
    ("<div class='{}'>", "</div>"),
    ("<td id='{}'>", "</td>"),
    ("<section>", "</section>"),
)
_LETTERS: Final = "abcdefghjkmnprstuvwxyz"


def name_kind(role: Role) -> str:
    """Return which of the forms a role is set in."""
    if role in ("chrome", "title"):
        return role
    return "body" if role in ("body", "salutation") else "head"


def render_page(design: str, site: str, title: str, lines: Sequence[Line]) -> bytes:
    """Return a page in mark-up; the design's name settles tags and classes."""
    chance = Random(design + "markup")
    forms = {kind: chance.choice(choices) for kind, choices in _FORMS.items()}
    opening, closing = chance.choice(_BOXES)
    shown_title = chance.choice([f"{title}-{site}", title, site])
    parts = [
        "<!DOCTYPE html>" if chance.random() < 0.7 else "",
        f"<html><head><meta charset='utf-8'><title>{shown_title}</title>",
        chance.choice(["", "<style>.m{color:#666}</style>", "<script>var t='首页';</script>"]),
        "</head><body>",
    ]
    kind_before = None
    for line in lines:
        kind = name_kind(line.role)
        if kind_before is None or (kind == "body") != (kind_before == "body"):
            # The speech has a box of its own, and so have the lines above and below it.
            name = "".join(chance.choices(_LETTERS, k=4))
            parts.append((closing if kind_before else "") + opening.format(name))
        kind_before = kind
        parts.append(forms[kind].format(html.escape(line.text, quote=False)))
    parts.append(closing + "</body></html>")
    return chance.choice(["\n", ""]).join(parts).encode()
