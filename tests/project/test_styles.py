"""The styles: a component has one place, and nothing is styled that no page shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.places import ROOT

STYLES: Final = ROOT / "static" / "css"
SCRIPTS: Final = ROOT / "static" / "js"
TEMPLATES: Final = ROOT / "templates"
CLASS: Final = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
# What Django's own forms put on a page.
DJANGOS: Final = {"errorlist", "helptext"}


def split_apart(text: str, marks: str) -> list[str]:
    """Split at marks that stand in no brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in "([") - (sign in ")]")
        if sign in marks and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def list_selectors(css: str) -> Iterator[str]:
    """Yield each selector of a style sheet, of rules inside @media and @container too."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    for prelude in re.findall(r"([^{};]+)\{", css):
        if not prelude.strip().startswith("@"):
            yield from split_apart(prelude, ",")


def find_subjects(selector: str) -> set[str]:
    """Return the classes of what a rule styles: of its rightmost compound, what it is not aside."""
    subject = split_apart(selector, " >+~\n")[-1]
    while re.search(r":(?:not|has)\(", subject):
        subject = re.sub(r":(?:not|has)\((?:[^()]|\([^()]*\))*\)", "", subject)
    return set(CLASS.findall(re.sub(r"\[[^\]]*\]", "", subject)))


def list_styles() -> dict[str, str]:
    return {
        path.relative_to(STYLES).as_posix(): path.read_text("utf-8")
        for path in sorted(STYLES.rglob("*.css"))
    }


def read_all(folder: Path, suffix: str) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob(f"*{suffix}")))


def list_used() -> tuple[set[str], set[str]]:
    """Return the classes that pages, scripts and Python name, and beginnings of those they make."""
    pages = re.sub(r"\{\{.*?\}\}", "\0", read_all(TEMPLATES, ".html"), flags=re.S)
    pages = re.sub(r"\{%\s*block \w+_class\s*%\}(.*?)\{%", r' class="\1" {%', pages)
    named = " ".join(re.findall(r'\bclass="((?:\{%.*?%\}|[^"])*)"', pages, re.S))
    words = set(re.sub(r"\{%.*?%\}", " ", named, flags=re.S).split())
    code = read_all(SCRIPTS, ".js") + read_all(ROOT / "corpus_app", ".py")
    words |= set(" ".join(re.findall(r'class="([\w -]+)"', code)).split())
    # A string of a few plain words may be a class that a script or the typesetting sets.
    for groups in re.findall(r"\"([^\"\n]+)\"|'([^'\n]+)'|`([^`\n]+)`", code):
        quoted = "".join(groups)
        if re.fullmatch(r"[a-z][\w-]*( [a-z][\w-]*){0,2}", quoted):
            words |= set(quoted.split())
        words |= set(re.findall(r"\b[a-z][\w-]*-[{$]", quoted))
    made = {word.split("\0")[0] for word in words if "\0" in word}
    made |= {word[:-1] for word in words if word.endswith(("{", "$"))}
    return words, {begin for begin in made if begin.endswith("-") and begin != "-"}


def test_the_subject_of_a_rule_is_what_stands_last() -> None:
    assert find_subjects(".a .b > p.c:not(.d, :has(.e)):hover::before") == {"c"}
    assert find_subjects(".a :is(.b, .c) + .d:is(.e, .f)[title='.g']") == {"d", "e", "f"}
    assert find_subjects(".a > span") == set()
    css = "/* .x {} */ @media print { .a, .b > i { margin: 0 } } .c { --d: .5 }"
    assert list(list_selectors(css)) == [".a", ".b > i", ".c"]


def test_a_component_is_styled_in_one_file() -> None:
    places = defaultdict(set)
    for name, css in list_styles().items():
        for selector in list_selectors(css):
            for subject in find_subjects(selector):
                places[subject].add(name)
    assert {name: sorted(files) for name, files in places.items() if len(files) > 1} == {}


def test_no_class_is_styled_that_nothing_shows() -> None:
    used, made = list_used()
    styled = {
        name
        for css in list_styles().values()
        for selector in list_selectors(css)
        for name in CLASS.findall(re.sub(r"\[[^\]]*\]", "", selector))
    }
    dead = {
        name
        for name in styled - used - DJANGOS
        if not any(name.startswith(begin) and name != begin for begin in made)
    }
    assert dead == set()
