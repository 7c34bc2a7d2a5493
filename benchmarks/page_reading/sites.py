"""Fourth hand: sites that nobody has seen, each designed by lot, and pages of each.

What a site prints alike on all its pages (columns, motto, bars beside the text, foot) is drawn
once by the site's name; what differs from page to page by the page's number.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks.page_reading.disturbing import put_body
from benchmarks.page_reading.facts import Facts
from benchmarks.page_reading.mentions import PRINTED, load_site_words
from benchmarks.page_reading.pages import Page, Role, Sheet
from benchmarks.page_reading.site_markup import render_page
from benchmarks.page_reading.statements import state_meeting, state_role, state_title
from benchmarks.page_reading.stencils import encode

COUNT: Final = 60
_SLOT = re.compile(r"\{(\w+)\}")
Lines = list[tuple[str, Role]]


@cache
def load_designs() -> dict[str, Any]:
    """Return what designs are drawn from."""
    path = Path(__file__).with_name("site_designs.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Site:
    """One site's design: what stands on all its pages, and how it prints what differs."""

    name: str
    facts: Facts
    top: Lines
    side: Lines
    foot: Lines
    order: tuple[str, ...]
    labels: dict[str, str]
    separator: str
    day: str
    person: str
    frame: str
    below: bool
    manners: tuple[str, ...]
    gap: str
    in_markup: bool


def list_carriers() -> dict[str, str]:
    """Return the names of the sites, each a family of pages, with what carries them."""
    names = [f"site-{number:02}" for number in range(COUNT)]
    return {name: "html-sites" if design_site(name).in_markup else "sites" for name in names}


@cache
def design_site(name: str) -> Site:
    """Return the design that belongs to a name."""
    designer = _Designer(Random(name))
    chance, table = designer.chance, load_designs()
    return Site(
        name=name,
        facts=designer.facts,
        top=designer.draw_top(),
        side=designer.draw("bars", 0, 2) + designer.draw("baits", 0, 3),
        foot=designer.draw("feet", 1, 4),
        order=_draw_order(chance),
        labels={
            key: chance.choice(table["labels_" + key]) + chance.choice(table["signs"])
            for key in ("published", "source", "speaker", "delivered")
        },
        separator=chance.choice(table["separators"]),
        day=chance.choice(table["days"]),
        person=chance.choice(table["persons"]),
        frame=chance.choice(["（{}）", "{}", "【{}】", "({})", "——{}"]),
        below=chance.random() < 0.25,
        manners=tuple(chance.choice(["", "", "ads", "share", "captions", "glue"]).split()),
        gap=chance.choice(["\n", "\n", "\n\n", "\r\n", "\n　　"]),
        in_markup=chance.random() < 0.4,
    )


class _Designer:
    """Draws what a site prints alike on all its pages."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.facts = Facts(chance)

    def fill(self, pattern: str) -> str:
        """Return a pattern with the site's own facts in it."""
        return _SLOT.sub(lambda match: PRINTED[match[1]](self.facts), pattern)

    def draw(self, key: str, least: int, most: int) -> Lines:
        """Return some lines of a row of the table."""
        chosen = self.chance.sample(load_designs()[key], self.chance.randint(least, most))
        return [(self.fill(text), "chrome") for text in chosen]

    def draw_top(self) -> Lines:
        """Return name, motto and columns, these in a row or one below the other."""
        chance, chars = self.chance, load_site_words()["pretty_chars"]
        columns = [
            "".join(chance.sample(chars, chance.randint(2, 4))) for _ in range(chance.randint(3, 9))
        ]
        row = chance.choice(load_designs()["separators"]).join(columns)
        menu = [row] if chance.random() < 0.5 else columns
        name: Lines = [(self.fill("{site}"), "chrome")] if chance.random() < 0.5 else []
        return [*name, *self.draw("mottoes", 0, 1), *((text, "chrome") for text in menu)]


def _draw_order(chance: Random) -> tuple[str, ...]:
    """Return the blocks of a site's pages from top to foot."""
    under = chance.sample(["under", "person", "info"], 3)
    above = chance.sample(["crumb", "tools", "side"], chance.randint(0, 3))
    tail = chance.sample(["related", "tools", "side", "editor", "info"], chance.randint(0, 3))
    head = ["title", *under] if chance.random() < 0.8 else ["info", "title", "under", "person"]
    twice = ["title"] if chance.random() < 0.15 else []
    return (*above, *twice, *head, "speech", *(block for block in tail if block not in above))


def make_site_page(name: str, seed: int) -> Page:
    """Return one page of a site."""
    site = design_site(name)
    sheet = Sheet(name, seed, home=(site.facts.stem, site.facts.level))
    sheet.site = sheet.facts.site = site.facts.site
    sheet.facts.host = site.facts.host
    printer = _Printer(site, sheet)
    printer.put(site.top)
    for block in site.order:
        printer.put(printer.blocks[block]())
    printer.put(site.foot)
    if any(site.facts.host in text for text, _ in site.foot):
        sheet.allow("url", site.facts.host, f"http://{site.facts.host}")
    if site.in_markup:
        data = render_page(name, site.facts.site, sheet.facts.title, sheet.lines)
        sheet.allow("title", sheet.facts.title)
        return sheet.close(f"{name}-{seed}.html", data)
    text = site.gap.join(line.text for line in sheet.lines)
    return sheet.close(f"{name}-{seed}.txt", encode(text, sheet))


class _Printer:
    """Prints one page by its site's design."""

    def __init__(self, site: Site, sheet: Sheet) -> None:
        self.site, self.sheet, self.facts = site, sheet, sheet.facts
        self.blocks: dict[str, Callable[[], Lines]] = {
            "crumb": self.print_crumb,
            "tools": self.print_tools,
            "side": lambda: self.site.side,
            "title": self.print_title,
            "under": self.print_under,
            "person": self.print_person,
            "info": self.print_info,
            "related": self.print_related,
            "editor": self.print_editor,
            "speech": self.print_speech,
        }

    def put(self, lines: Lines) -> None:
        """Put lines on the sheet."""
        for text, role in lines:
            self.sheet.add(text, role)

    def print_crumb(self) -> Lines:
        """The way from the front page, alike on all pages of the site."""
        chance = Random(self.site.name + "crumb")
        lead = chance.choice(load_designs()["crumbs"])
        names = ["首页", *chance.sample(load_site_words()["columns"], 2)]
        trail = chance.choice([" > ", "/", " - ", "»"]).join(names)
        return [(lead + chance.choice("：: ") + trail, "chrome")]

    def print_tools(self) -> Lines:
        """The site's buttons."""
        chance = Random(self.site.name + "tools")
        return [
            (text, "chrome")
            for text in chance.sample(load_designs()["tools"], chance.randint(1, 4))
        ]

    def print_title(self) -> Lines:
        """The title; stated."""
        facts = self.facts
        state_title(self.sheet)
        return [(facts.title, "title")]

    def print_under(self) -> Lines:
        """The slogan's subtitle, and the day with a report's meeting."""
        facts, sheet = self.facts, self.sheet
        lines: Lines = []
        if facts.subtitle:
            sheet.state("subtitle", facts.subtitle)
            state_meeting(sheet)
            lines.append(("——" + facts.subtitle, "subtitle"))
        day = facts.delivered
        words = f"{day.year}年{day.month}月{day.day}日"
        sheet.state("delivered", day.isoformat())
        if facts.kind == "report":
            state_meeting(sheet)
            sheet.state("subtitle", f"{words}在{facts.meeting}上", None)
            return [(self.site.frame.format(f"{words}在{facts.meeting}上"), "subtitle")]
        return [*lines, (self.site.frame.replace("——", "").format(words), "date")]

    def print_person(self) -> Lines:
        """The speaker in the site's way, on one line or below a label."""
        facts, site = self.facts, self.site
        if facts.kind == "resolution":
            return []
        self.sheet.state("speaker", facts.speaker)
        if site.below:
            return [(site.labels["speaker"], "label"), (facts.speaker, "value")]
        if "role" in site.person:
            state_role(self.sheet)
        return [(site.person.format(role=facts.role, name=facts.speaker), "speaker")]

    def print_info(self) -> Lines:
        """Publication and source, on one line or each below its label."""
        facts, site, sheet = self.facts, self.site, self.sheet
        day = facts.published
        sheet.state("published", day.isoformat())
        sheet.state("source", facts.paper)
        sheet.allow("organisation", facts.paper)
        shown = site.day.format(y=day.year, m=day.month, d=day.day)
        if site.below:
            return [
                (site.labels["published"], "label"), (shown, "value"),
                (site.labels["source"], "label"), (facts.paper, "value"),
            ]  # fmt: skip
        pair = [site.labels["published"] + shown, site.labels["source"] + facts.paper]
        return [(site.separator.join(pair), "stated")]

    def print_related(self) -> Lines:
        """Titles of other pages, which change from page to page."""
        chance, facts = self.sheet.chance, self.facts
        lead = Random(self.site.name + "related").choice(load_designs()["related"])
        subject = chance.choice(["教育", "农业", "林业", "统计"])
        other = f"{facts.other}在全{facts.short}{subject}工作会议上的讲话"
        return [(lead, "chrome"), (other, "chrome"), (f"{facts.stem}召开座谈会", "chrome")]

    def print_editor(self) -> Lines:
        """Who edited the page."""
        return [(f"责任编辑：{self.facts.other}", "chrome")]

    def print_speech(self) -> Lines:
        """The speech itself, put on the sheet at once."""
        put_body(self.sheet, self.site.manners)
        return []
