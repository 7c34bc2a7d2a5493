"""Names as references and in-text citations give them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_app.desk.citation.items import Item, PersonName, has_han
from corpus_app.desk.citation.rules import MAX_NAMES, Rules


def format_names(names: Sequence[PersonName], rules: Rules) -> str:
    """Return at most three names, then 等 or et al.; "" for none."""
    shown = [format_name(name, rules) for name in names[:MAX_NAMES]]
    if len(names) > MAX_NAMES:
        shown.append("等" if rules.chinese else "et al.")
    return rules.signs.comma.join(shown)


def format_name(name: PersonName, rules: Rules) -> str:
    """Return one name, family name first: 张三, Swingland I R (2015: SWINGLAND I R)."""
    if name.literal:
        return name.literal
    if has_han(name.family) and (has_han(name.given) or not name.given):
        return name.family + name.given
    family = " ".join(part for part in (name.particle, name.family) if part)
    if rules.is_2015:
        family = family.upper()
    initials = shorten_given(name.given, keep_hyphen=not rules.is_2015)
    return " ".join(part for part in (family, initials, name.dropping, name.suffix) if part)


def shorten_given(given: str, *, keep_hyphen: bool) -> str:
    """Return the initials of a given name without full stops: Jean-Luc becomes J-L or J L."""
    shortened = []
    for part in re.split(r"[\s.]+", given.strip()):
        initials = [piece[0].upper() for piece in re.split(r"[-‐]", part) if piece]
        if initials:
            shortened.append(("-" if keep_hyphen else " ").join(initials))
    return " ".join(shortened)


def find_responsible(item: Item) -> tuple[PersonName, ...]:
    """Return who answers for the work itself: its authors, else the editors of a whole book."""
    roles = ["author", "composer", "illustrator", "director"]
    if not item.get("container-title"):
        roles.append("editor")
    return item.get_names(*roles)


def format_translators(item: Item, rules: Rules) -> str:
    """Return the translators with 译; "" for none."""
    names = item.get_names("translator")
    if not names:
        return ""
    word = "译" if rules.chinese else "trans"
    # The edition of 2025 no longer runs 等 and 译 together.
    joined = rules.is_2015 and rules.chinese and len(names) > MAX_NAMES
    return format_names(names, rules) + ("" if joined else rules.signs.comma) + word


def format_container_names(item: Item, rules: Rules) -> str:
    """Return who answers for the whole that a part was taken from."""
    roles = ("editor", "editorial-director", "collection-editor", "container-author")
    return format_names(item.get_names(*roles), rules)


def shorten_names(names: Sequence[PersonName], rules: Rules) -> str:
    """Return the names as an in-text citation has them: the first, then 等 or et al."""
    first = names[0]
    chinese = first.literal or has_han(first.family)
    if chinese:
        shown = format_name(first, rules)
    else:
        shown = " ".join(part for part in (first.particle, first.family) if part)
    if len(names) == 1:
        return shown
    if not rules.chinese:
        return f"{shown} et al."
    return f"{shown} 等" if rules.is_2015 else f"{shown}等"
