"""Third hand: how it prints days, persons and sources. It shares no form with the stencils."""

from __future__ import annotations

from datetime import date

from benchmarks.page_reading.facts import spell
from benchmarks.page_reading.pages import Role, Sheet
from benchmarks.page_reading.statements import state_meeting, state_role, state_title

Parts = list[tuple[str, Role]]


def print_short(day: date, sheet: Sheet) -> str:
    """Return a day by one of three plain forms."""
    zero = sheet.chance.choice("〇○零")
    words = "".join(zero if c == "0" else "零一二三四五六七八九"[int(c)] for c in str(day.year))
    plain = f"{day.year}年{day.month}月{day.day}日"
    return sheet.chance.choice([plain, plain, f"{words}年{spell(day.month)}月{spell(day.day)}日"])


def set_head(sheet: Sheet, *, person: bool = True, dated: bool = True) -> Parts:
    """Return title, line below and speaker as a typist sets them, and state what they say."""
    facts, chance = sheet.facts, sheet.chance
    parts: Parts = [(facts.title, "title")]
    state_title(sheet)
    if facts.subtitle:
        sheet.state("subtitle", facts.subtitle)
        state_meeting(sheet)
        parts.append(("——" + facts.subtitle, "subtitle"))
    below: list[Parts] = []
    if dated:
        below.append([set_day(sheet)])
    if person and facts.kind != "resolution":
        below.append(set_person(sheet))
    chance.shuffle(below)
    return parts + [part for group in below for part in group]


def set_day(sheet: Sheet) -> tuple[str, Role]:
    """Return the line of the day; of a report often with its meeting."""
    facts, chance = sheet.facts, sheet.chance
    day = print_short(facts.delivered, sheet)
    sheet.state("delivered", facts.delivered.isoformat())
    if facts.kind in ("report", "account") and chance.random() < 0.7:
        words = f"{day}在{facts.meeting}上"
        state_meeting(sheet)
        sheet.state("subtitle", words, None)
        return chance.choice(["（{}）", "——{}", "— {}"]).format(words), "subtitle"
    if facts.kind == "resolution":
        sheet.allow("subtitle", f"{day}{facts.congress}通过")
        return f"（{day}{facts.congress}通过）", "date"
    return chance.choice(["（{}）", "{}", "[{}]", "({})"]).format(day), "date"


def set_person(sheet: Sheet) -> Parts:
    """Return the speaker's line or lines."""
    facts, chance = sheet.facts, sheet.chance
    name, role = facts.speaker, facts.role
    sheet.state("speaker", name)
    way = chance.choice(["gap", "gap", "bare", "lines", "post", "label"])
    if way == "bare":
        return [(name, "speaker")]
    state_role(sheet)
    if way == "lines":
        return [(role, "speaker"), (name, "speaker")]
    if way == "post":
        return [(f"{name}，{role}", "speaker")]
    if way == "label":
        return [(f"报告人：{role} {name}", "speaker")]
    return [(role + chance.choice(["　", "  ", "   "]) + name, "speaker")]


def put_parts(sheet: Sheet, parts: Parts) -> None:
    """Put lines on the sheet."""
    for text, role in parts:
        sheet.add(text, role)
