"""Whether two titles, or two occasions, can be of one document or event."""

from __future__ import annotations

import re
from itertools import pairwise, product
from typing import Final

from rapidfuzz.distance import Indel, Levenshtein, MatchingBlock

from corpus_app.catalog.identity.differences import name_two_events, name_two_members
from corpus_app.catalog.identity.findings import Agreement, FieldFinding
from corpus_app.catalog.identity.heads import Head
from corpus_app.catalog.identity.titles import Name, drop_generic, read_name
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import runs_through

# A shorter name that stands in a longer one must be so much of it.
LEAST_CONTAINED = 0.5
LEAST_CORE = 3
# Before a unit these name no place: 全市, 我县.
_NO_NAMES: Final = frozenset("全本我该各")
# Whose event it is, where its host is not named.
_SCOPE: Final = re.compile(r"(?:^|在)全([省市县区州盟旗镇乡])")


def compare_titles(first: Head, second: Head) -> FieldFinding:
    """Return what titles and subtitles say; one made up from the text says nothing.

    Sites make the occasion the title or the subtitle, so each is held against each.
    """
    mine, theirs = _list_names(first), _list_names(second)
    found = [
        _soften(mine[at], theirs[to], _compare(mine[at], theirs[to]), straight=at == to)
        for at, to in product(mine, theirs)
    ]
    agreement, telling = _sum_up(found)
    common = all(name.is_generic for name in mine.values())
    return FieldFinding("title", agreement, _show(first), _show(second), telling, common)


def compare_occasions(first: Head, second: Head) -> FieldFinding:
    """Return what the occasions say: their ordinals, their host, and what they are about.

    Texts call their own meeting by many names, so another topic contradicts in titles alone.
    """
    values = first.occasion, second.occasion
    if not all(values):
        return FieldFinding("occasion", Agreement.UNKNOWN, *values)
    mine, theirs = (read_name(f"在{value}上") for value in values)
    agreement, telling = _compare(mine, theirs)
    if agreement is Agreement.CONTRADICT and not _are_two_events(mine, theirs):
        agreement, telling = Agreement.UNKNOWN, False
    return FieldFinding("occasion", agreement, *values, telling)


def may_name_one_event(first: Head, second: Head) -> bool:
    """Return whether the titles may be of one event: no word of the one is quite another there."""
    if first.title_inferred or second.title_inferred:
        return True
    mine, theirs = read_name(first.title), read_name(second.title)
    return mine.form != theirs.form or not name_two_events(mine.words, theirs.words)


def have_same_title(first: Head, second: Head) -> bool:
    """Return whether both bear a title of the same words, however common it is."""
    borne = not (first.title_inferred or second.title_inferred)
    words = read_name(first.title).words
    return borne and bool(words) and words == read_name(second.title).words


Finding = tuple[Agreement, bool]


def _list_names(head: Head) -> dict[str, Name]:
    named = {"title": "" if head.title_inferred else head.title, "subtitle": head.subtitle}
    return {place: read_name(text) for place, text in named.items() if text}


def _show(head: Head) -> str:
    shown = "" if head.title_inferred else head.title
    return f"{shown} {head.subtitle}".strip()


def _sum_up(found: list[Finding]) -> Finding:
    for wanted in (Agreement.CONTRADICT, Agreement.AGREE):
        said = [telling for agreement, telling in found if agreement is wanted]
        if said:
            return wanted, any(said)
    return Agreement.UNKNOWN, False


def _soften(mine: Name, theirs: Name, finding: Finding, *, straight: bool) -> Finding:
    """Return the finding; a title against a subtitle contradicts only where both are of a form."""
    comparable = straight or (mine.form == theirs.form != "headline")
    if finding[0] is Agreement.CONTRADICT and not comparable:
        return Agreement.UNKNOWN, False
    return finding


def _compare(mine: Name, theirs: Name) -> Finding:
    if _is_other_document(mine, theirs) or _are_two_parts(mine, theirs):
        return Agreement.CONTRADICT, True
    if name_two_members(mine.words, theirs.words):
        return Agreement.CONTRADICT, True
    if _have_other_numbers(mine, theirs) or _have_other_scopes(mine, theirs):
        return Agreement.CONTRADICT, True
    if mine.words == theirs.words:
        known = Agreement.UNKNOWN if mine.is_generic else Agreement.AGREE
        return known, mine.is_telling
    if mine.form != theirs.form:
        return Agreement.UNKNOWN, False
    # The beginning of a headline may look like a place and be none.
    placed = mine.form != "headline" or (mine.kind and mine.kind == theirs.kind)
    if placed and _have_other_hosts(mine, theirs):
        return Agreement.CONTRADICT, True
    if _differ_in_name(mine.words, theirs.words):
        return Agreement.CONTRADICT, True
    if mine.form == "headline":
        return _compare_headlines(mine, theirs)
    return _compare_cores(mine, theirs)


def _is_other_document(mine: Name, theirs: Name) -> bool:
    """Return whether one is a resolution and the other a report, or one is about the other."""
    rules = read_rules("identity")["titles"]
    kinds = {mine.kind, theirs.kind}
    if len(kinds) == 2 and "" not in kinds and not any(kinds == set(p) for p in rules["open"]):
        return True
    # Between two documents, one about the other: 学习…的体会, …召开.
    return kinds == {"", "notes"} and mine.form == theirs.form


def _are_two_parts(mine: Name, theirs: Name) -> bool:
    """Return whether the one opens what the other closes."""
    return any(
        (a in mine.words and b in theirs.words and a not in theirs.words and b not in mine.words)
        or (b in mine.words and a in theirs.words and b not in theirs.words and a not in mine.words)
        for a, b in read_rules("identity")["titles"]["opposites"]
    )


def _have_other_numbers(mine: Name, theirs: Name) -> bool:
    """Return whether ordinals of one unit have nothing in common: 第二次, 第三次."""
    shared = mine.numbers.keys() & theirs.numbers.keys()
    return any(not mine.numbers[unit] & theirs.numbers[unit] for unit in shared)


def _are_two_events(mine: Name, theirs: Name) -> bool:
    tests = (_are_two_parts, _have_other_numbers, _have_other_hosts)
    return any(test(mine, theirs) for test in tests)


def _have_other_hosts(mine: Name, theirs: Name) -> bool:
    hosts = mine.host, theirs.host
    return all(hosts) and not (hosts[0].endswith(hosts[1]) or hosts[1].endswith(hosts[0]))


def _have_other_scopes(mine: Name, theirs: Name) -> bool:
    """Return whether the one is of all the city and the other of all the county."""
    scopes = [frozenset(_SCOPE.findall(name.words)) for name in (mine, theirs)]
    return all(scopes) and not scopes[0] & scopes[1]


def _differ_in_name(mine: str, theirs: str) -> bool:
    """Return whether all that differs stands before a place's or a body's unit: 城东区, 城西区."""
    unit = re.compile(read_rules("identity")["titles"]["units"])
    first, second = sorted((mine, theirs))
    blocks = [MatchingBlock(0, 0, 0), *Levenshtein.opcodes(first, second).as_matching_blocks()]
    gaps = [
        (first[one.a + one.size : two.a], second[one.b + one.size : two.b], first[two.a :])
        for one, two in pairwise(blocks)
    ]
    parted = [(a, b, rest) for a, b, rest in gaps if a or b]
    named = (a and b and not {a[-1], b[-1]} & _NO_NAMES for a, b, _rest in parted)
    return bool(parted) and all(named) and all(unit.match(rest) for _a, _b, rest in parted)


def _compare_headlines(mine: Name, theirs: Name) -> Finding:
    shorter, longer = sorted((mine, theirs), key=lambda name: len(name.words))
    # 全面推进…的决议 holds the headline of the report that it adopts.
    alike = mine.kind == theirs.kind or {mine.kind, theirs.kind} <= {
        "",
        "spoken",
        "report",
        "essay",
    }
    if shorter.is_generic or not alike or shorter.words not in longer.words:
        return Agreement.UNKNOWN, False
    # A subtitle that was read as the title's second half makes the title so much longer.
    begun = shorter.is_telling and longer.words.startswith(shorter.words)
    if begun or len(shorter.words) >= LEAST_CONTAINED * len(longer.words):
        return Agreement.AGREE, shorter.is_telling
    return Agreement.UNKNOWN, False


def _compare_cores(mine: Name, theirs: Name) -> Finding:
    rules = read_rules("identity")["titles"]
    cores = drop_generic(mine.core), drop_generic(theirs.core)
    if not all(cores):
        return Agreement.UNKNOWN, False
    likeness = Indel.normalized_similarity(*cores)
    shorter, longer = sorted(cores, key=len)
    # 人大 alone runs through what any meeting of it is about.
    enough = len(shorter) >= LEAST_CORE and len(shorter) >= LEAST_CONTAINED * len(longer)
    if likeness >= rules["same_core"] or (enough and runs_through(shorter, longer)):
        return Agreement.AGREE, mine.is_telling and theirs.is_telling
    if likeness < rules["other_core"]:
        return Agreement.CONTRADICT, True
    return Agreement.UNKNOWN, False
