"""Second hand: pages of content management systems, typed as their mark-up.

In the table an element says by r=t, r=u … (the letters of stencils.py) what its words are; the
attribute is not on the page. {body} is the speech, with manners behind a colon.
"""

from __future__ import annotations

import html
import re
import tomllib
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks.page_reading.disturbing import put_body
from benchmarks.page_reading.pages import Line, Page, Role, Sheet
from benchmarks.page_reading.slots import Slots
from benchmarks.page_reading.stencils import ROLES, list_kinds

FOLDER = Path(__file__).with_name("markup")
_ROLE = re.compile(r"""\sr=(\w)(?=[\s>/])""")
_BODY = re.compile(r"\{body(?::([\w ]*))?\}")
_BLOCKS: Final = re.compile(
    r"p|div|br|li|[uo]l|t[rdh]|table|h[1-6]|section|article|header|footer|center|d[dtl]|nav|aside"
    r"|main|form|option|pre|blockquote|figure|figcaption|body"
)
_UNSEEN: Final = frozenset(("script", "style", "title", "head", "noscript", "template"))
_VOID: Final = frozenset(("br", "img", "meta", "link", "input", "hr"))
_PARAGRAPHS = (
    "<p>　　{}</p>\n",
    "<p>　　{}</p>",
    '<p style="text-indent: 2em;">{}</p>\n',
    '<p style="text-indent:2em;line-height:1.75em"><span style="font-size:16px;">{}</span></p>',
    "　　{}<br><br>\n",
    "　　{}<br/>\n",
    "<div>&nbsp;&nbsp;&nbsp;&nbsp;{}</div>\n",
    '<P class=MsoNormal style="TEXT-INDENT: 32pt"><FONT face=宋体>{}</FONT></P>\n',
    "<section><p><span>{}</span></p></section>",
    '<p class="p0" style="margin:0">{}</p>\r\n',
    "<p>&#12288;&#12288;{}</p>\n",
    '<div class="para" data-pid="7">{}</div>\n',
)


@cache
def load_markup() -> dict[str, dict[str, Any]]:
    """Return the pages in mark-up by the name of their family."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["family"]:
            found[entry["name"]] = entry | {"carrier": "html-" + path.stem}
    return found


def make_from_markup(name: str, seed: int) -> Page:
    """Return a page of a family that is a page in mark-up."""
    entry = load_markup()[name]
    sheet = Sheet(name, seed, list_kinds(entry))
    slots = _EscapingSlots(sheet)
    pattern = slots.choose(_drop_lines(entry["page"].strip("\n"), sheet.chance))
    before, manners, after = _BODY.split(pattern, maxsplit=1)
    text = _record(slots.fill(before), sheet)
    first = len(sheet.lines)
    put_body(sheet, (manners or "").split(), entry.get("size"))
    text += _wrap(sheet.lines[first:], entry.get("paragraph"), sheet.chance)
    text += _record(slots.fill(after), sheet)
    codec = "utf-8"
    if "charset=gb" in text.lower():
        codec = "gb18030"
    return sheet.close(f"{name}-{seed}.{entry.get('suffix', 'html')}", text.encode(codec))


class _EscapingSlots(Slots):
    """Slots whose words are put between tags, persons and days in the ways of mark-up."""

    def put_dateline(self) -> str:
        self.role = "date"
        frame = self.chance.choice(
            ["（{}）", "（{}）", "{}", "<span>（</span>{}<span>）</span>", "({})"]
        )
        return frame.replace("{}", self.put_spoken() if "（" in frame else self.put_day())

    def put_sub(self) -> str:
        return super().put_sub().replace("\n", "<br>")

    def put_wrapped(self) -> str:
        return super().put_wrapped().replace("\n", "<br/>")

    def put_who(self) -> str:
        if self.chance.random() < 0.5:
            return super().put_who().replace("\n", "<br>")
        form = self.chance.choice(
            [
                "<span>{role}</span>&nbsp;&nbsp;<span>{name}</span>",
                "{role}&emsp;{airy}",
                "<b>{name}</b>",
                "{role}<br/>{airy}",
                "{role}：<strong>{name}</strong>",
                "<font face='楷体'>{role}　{airy}</font>",
            ]
        )
        return self.fill(form)


def _drop_lines(pattern: str, chance: Random) -> str:
    """Return the page without the lines led by ? that this page has not."""
    lines = [line for line in pattern.split("\n") if line[:1] != "?" or chance.random() < 0.5]
    return "\n".join(line.removeprefix("?") for line in lines)


def _wrap(lines: list[Line], paragraph: str | None, chance: Random) -> str:
    """Return the lines of the speech in mark-up."""
    form = paragraph or chance.choice(_PARAGRAPHS)
    return "".join(form.replace("{}", html.escape(line.text, quote=False)) for line in lines)


def _record(marked: str, sheet: Sheet) -> str:
    """Note the lines that a stretch of mark-up shows; return it without the notes on roles."""
    reader = _LineReader()
    reader.feed(marked)
    reader.end_line()
    for text, role in reader.found:
        if role == "title" and sheet.facts.title in text:
            sheet.allow("title", text)
        sheet.add(text, role)
    return _ROLE.sub("", marked)


class _LineReader(HTMLParser):
    """Collects what a page shows, line by line, with the role of each."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, Role]] = []
        self.open: list[tuple[str, Role | None]] = []
        self.words: list[tuple[str, Role]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _BLOCKS.fullmatch(tag):
            self.end_line()
        if tag not in _VOID:
            letter = dict(attrs).get("r")
            self.open.append((tag, ROLES[letter] if letter else None))

    def handle_endtag(self, tag: str) -> None:
        if _BLOCKS.fullmatch(tag):
            self.end_line()
        for number in range(len(self.open) - 1, -1, -1):
            if self.open[number][0] == tag:
                del self.open[number:]
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(tag in _UNSEEN for tag, _ in self.open):
            role: Role = next((role for _, role in reversed(self.open) if role), "chrome")
            self.words.append((data, role))

    def end_line(self) -> None:
        """Close the line that has been read, if any."""
        roles = [role for _, role in self.words if role != "chrome"]
        text = re.sub(r"\s+", " ", "".join(words for words, _ in self.words)).strip()
        if text:
            role: Role = roles[0] if roles else "chrome"
            several = len(self.words) > 1 and role in ("label", "value")
            self.found.append((text, "stated" if several else role))
        self.words = []
