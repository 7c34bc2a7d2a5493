"""Whether two names of people, of bodies or of places can be of one."""

from __future__ import annotations

import re
from typing import Final

from corpus_app.catalog.identity.findings import Agreement, FieldFinding
from corpus_app.catalog.identity.folding import fold_words, fold_writing, shorten_names
from corpus_app.ingest.dates import DATE
from corpus_app.ingest.metadata.names import is_name, is_office, is_organisation, split_office
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import narrow, tidy
from corpus_app.text.equality import list_equal

_BRACKETS: Final = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_DOTS: Final = re.compile(f"[{list_equal('·')}●]")
_PARTING: Final = re.compile(r"[、,，;；/]")
_LABEL: Final = re.compile(r"^[^:：]{2,4}[:：]")
_UNITS: Final = "省|自治区|市|自治州|州|盟|地区|自治县|县|区|旗|镇|乡|街道"


def compare_speakers(first: str, second: str) -> FieldFinding:
    """Return whether two speakers can be one: roles, dots and blanks inside names aside."""
    agreement = _compare_people(_read_people(first), _read_people(second))
    if agreement is Agreement.UNKNOWN and is_organisation(first) and is_organisation(second):
        agreement = compare_organisations(first, second).agreement
    return FieldFinding("speaker", agreement, first, second, agreement is Agreement.AGREE)


def compare_organisations(first: str, second: str) -> FieldFinding:
    """Return whether two bodies can be one: 市人大常委会, 市人民代表大会常务委员会."""
    mine, theirs = (shorten_names(fold_words(name)) for name in (first, second))
    return FieldFinding("organisation", _compare_bodies(mine, theirs), first, second)


def compare_places(first: str, second: str) -> FieldFinding:
    """Return whether two places can be one; a place may lie in another of a higher rank."""
    mine, theirs = fold_words(first), fold_words(second)
    return FieldFinding("place", _compare_localities(mine, theirs), first, second)


def _read_people(text: str) -> frozenset[str]:
    """Return the bare names: 林  知远（主任） is 林知远, 县长 林知远 too.

    An office, a body or 佚名 names nobody.
    """
    bare = DATE.sub("", _LABEL.sub("", _BRACKETS.sub("", narrow(text))))
    parts = [part.strip() for part in _PARTING.split(bare)]
    named = (part for part in parts if not _names_nobody(part))
    return frozenset(name for part in named if (name := _read_person(part)))


def _names_nobody(text: str) -> bool:
    nobody = text in read_rules("metadata")["values"]["nobody"]
    return nobody or is_organisation(text) or (is_office(text) and not _has_holder(text))


def _has_holder(text: str) -> bool:
    """Return whether an office stands behind a name, or a surname: 林知远主任, 林主任."""
    return _drop_office(fold_writing(text)) != fold_writing(text)


def _read_person(text: str) -> str:
    office = split_office(tidy(text))
    name = fold_writing(office[1] if office else text)
    for courtesy in read_rules("identity")["names"]["courtesies"]:
        name = name.removesuffix(courtesy)
    return _drop_office(name)


def _drop_office(name: str) -> str:
    """Return 林知远 of 林知远主任, 林 of 林主任."""
    roles = read_rules("metadata")["roles"]
    surnames = {*roles["surnames"], *roles["compound_surnames"]}
    endings = sorted(roles["endings"], key=len, reverse=True)
    for ending in endings:
        rest = name.removesuffix(ending)
        if rest != name and (is_name(rest) or rest in surnames):
            return rest
    return name


def _compare_people(mine: frozenset[str], theirs: frozenset[str]) -> Agreement:
    if not mine or not theirs:
        return Agreement.UNKNOWN
    bare = [frozenset(_DOTS.sub("", name) for name in names) for names in (mine, theirs)]
    if bare[0] == bare[1] and not any(_is_masked(name) for name in mine):
        return Agreement.AGREE
    pairs = [(a, b) for a in mine for b in theirs]
    if any(_may_be_one(a, b) for a, b in pairs):
        single = len(mine) == len(theirs) == 1
        ((a, b), *_rest) = pairs
        return Agreement.AGREE if single and _is_part(a, b) else Agreement.UNKNOWN
    return Agreement.CONTRADICT


def _may_be_one(a: str, b: str) -> bool:
    if _is_masked(a) or _is_masked(b):
        # 林某某 may be 林知远 but no 苏晚晴.
        known = [name[0] for name in (a, b) if not _is_mask(name[0])]
        return len(known) < 2 or known[0] == known[1]
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) == 1 or shorter in read_rules("metadata")["roles"]["compound_surnames"]:
        return longer.startswith(shorter)
    return _DOTS.sub("", a) == _DOTS.sub("", b) or _is_part(a, b)


def _is_part(a: str, b: str) -> bool:
    """Return whether both are one name, or one is a part of a name that dots part."""
    if _is_masked(a) or _is_masked(b):
        return False
    parts = [set(_DOTS.split(name)) for name in (a, b)]
    whole = _DOTS.sub("", a) == _DOTS.sub("", b)
    return whole or (max(map(len, parts)) > 1 and (parts[0] <= parts[1] or parts[1] <= parts[0]))


def _is_mask(sign: str) -> bool:
    return re.match(read_rules("identity")["names"]["masked"], sign) is not None


def _is_masked(name: str) -> bool:
    return any(map(_is_mask, name))


def _compare_bodies(mine: str, theirs: str) -> Agreement:
    if not mine or not theirs:
        return Agreement.UNKNOWN
    if mine == theirs:
        return Agreement.AGREE
    shorter, longer = sorted((mine, theirs), key=len)
    if longer.endswith(shorter):
        # 人大常委会 alone may be anybody's; with its place it is the same in a larger place.
        named = re.match(rf"[\u4e00-\u9fff]{{1,7}}(?:{_UNITS})", shorter)
        return Agreement.AGREE if named else Agreement.UNKNOWN
    # 人大 is short for 人大常委会, and an office of a body speaks for the body.
    if longer.startswith(shorter) or longer.replace("常委会", "") == shorter:
        return Agreement.UNKNOWN
    return Agreement.CONTRADICT


def _compare_localities(mine: str, theirs: str) -> Agreement:
    if not mine or not theirs:
        return Agreement.UNKNOWN
    if mine == theirs or _drop_unit(mine) == _drop_unit(theirs):
        return Agreement.AGREE
    shorter, longer = sorted((mine, theirs), key=len)
    if longer.endswith(shorter):
        return Agreement.AGREE
    if shorter in longer:
        return Agreement.UNKNOWN
    units = {_find_unit(mine), _find_unit(theirs)}
    return Agreement.CONTRADICT if len(units) == 1 and "" not in units else Agreement.UNKNOWN


def _drop_unit(place: str) -> str:
    bare = re.sub(rf"(?:{_UNITS})$", "", place)
    return bare if len(bare) > 1 else place


def _find_unit(place: str) -> str:
    found = re.search(rf"(?:{_UNITS})$", place)
    return found[0] if found else ""
