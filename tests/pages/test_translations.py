"""The English catalogue is whole, sure of itself and compiled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.test import Client
from django.utils.translation import override
from django.utils.translation.template import templatize

from tests.places import ROOT

CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
# What templatize makes of {% translate "…" %} and {% blocktranslate %}.
TEMPLATE_TEXT = re.compile(
    r"""(?<![A-Za-z_])(?:_|n?gettext)\((u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
)
PLACEHOLDER = re.compile(r"%\((\w+)\)")


def read_catalogue() -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete]


def find_python_texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in CALLS and node.args and isinstance(node.args[0], ast.Constant):
            yield str(node.args[-1 if node.func.id == "pgettext" else 0].value)


def find_template_texts(path: Path) -> Iterator[str]:
    for literal in TEMPLATE_TEXT.findall(templatize(path.read_text())):
        yield ast.literal_eval(literal)


def find_marked_texts() -> set[str]:
    texts: set[str] = set()
    for package in ("corpus_app", "search"):
        for path in (ROOT / package).rglob("*.py"):
            texts.update(find_python_texts(path))
    for path in (ROOT / "templates").rglob("*.*"):
        texts.update(find_template_texts(path))
    return texts - {""}


def test_every_marked_text_is_in_the_catalogue() -> None:
    known = {entry.msgid for entry in read_catalogue()}
    assert sorted(find_marked_texts() - known) == []


def test_texts_are_marked_by_names_that_the_collection_knows() -> None:
    names = {
        (str(path.relative_to(ROOT)), name.asname)
        for package in ("corpus_app", "search")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if "gettext" in name.name and name.asname not in {None, "_"}
    }
    assert names == set()


def test_every_entry_is_translated_and_none_is_a_guess() -> None:
    entries = read_catalogue()
    assert [entry.msgid for entry in entries if not entry.translated()] == []
    assert [entry.msgid for entry in entries if "fuzzy" in entry.flags] == []


def test_every_translation_keeps_its_placeholders() -> None:
    for entry in read_catalogue():
        expected = set(PLACEHOLDER.findall(entry.msgid))
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            assert set(PLACEHOLDER.findall(text)) == expected, entry.msgid


def test_the_compiled_catalogue_is_up_to_date() -> None:
    compiled = {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural
        for entry in polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    }
    written = {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural
        for entry in read_catalogue()
    }
    assert compiled == written


def test_the_pages_speak_english_when_asked(client: Client, db: None) -> None:
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    words = client.get("/speeches/").content.decode()
    assert '<html lang="en">' in words
    assert "Newest" in words or "speeches, newest first" in words
    with override("zh-hans"):
        assert "讲话" in Client().get("/speeches/").content.decode()


@pytest.mark.parametrize("address", ["/", "/speeches/", "/themes/", "/slogans/"])
def test_an_english_page_leaves_no_chinese_in_its_frame(
    client: Client, db: None, address: str
) -> None:
    response = client.get(address, headers={"accept-language": "en"})
    words = re.sub(r"<(\w+)[^>]*lang=\"zh-hans\"[^>]*>.*?</\1>", "", response.content.decode())
    header = re.findall(
        r"<header class=\"site-header\".*?</header>|<footer.*?</footer>", words, re.DOTALL
    )
    text = re.sub(r"<svg.*?</svg>", "", "".join(header), flags=re.DOTALL)
    assert not re.search(r"[\u4e00-\u9fff]", text), text
