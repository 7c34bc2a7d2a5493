"""Every command, setting, address and make target stands in the docs."""

from __future__ import annotations

import re

import pytest
from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

from tests.places import ROOT

DOCS = ROOT / "docs"
OURS = ("corpus_app.", "search")
READER = re.compile(r"""env\.read_\w+\(\s*["']([A-Z_]+)["']""")
# What Django brings; its addresses are its own to document.
FOREIGN = ("admin/", "i18n/", "jsi18n")


def read_docs() -> str:
    pages = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted(DOCS.rglob("*.md"))]
    return "\n".join(page.read_text("utf-8") for page in pages)


def own_commands() -> list[str]:
    return sorted(name for name, app in get_commands().items() if str(app).startswith(OURS))


def read_settings() -> set[str]:
    files = [*(ROOT / "corpus_app").rglob("*.py"), *(ROOT / "search").rglob("*.py")]
    texts = [path.read_text("utf-8") for path in [*files, ROOT / "gunicorn.conf.py"]]
    return {name for text in texts for name in READER.findall(text)}


def list_addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    found = []
    for entry in patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += list_addresses(entry.url_patterns, address)
        elif not address.startswith(FOREIGN):
            found.append(re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", "/" + address))
    return found


@pytest.mark.parametrize("command", own_commands())
def test_every_command_is_documented(command: str) -> None:
    assert f"`{command}" in read_docs()


def test_our_commands_are_found() -> None:
    assert {"import_speeches", "parse_speech", "search", "check_corpus"} <= set(own_commands())


@pytest.mark.parametrize("name", sorted(read_settings()))
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in (DOCS / "development.md").read_text("utf-8")


def test_every_documented_setting_is_read() -> None:
    documented = set(re.findall(r"`(CORPUS_[A-Z_]+)`", (DOCS / "development.md").read_text()))
    assert documented <= read_settings()


def test_every_address_is_documented() -> None:
    text = (DOCS / "addresses.md").read_text("utf-8")
    missing = [a for a in list_addresses(get_resolver().url_patterns) if f"`{a}`" not in text]
    assert not missing


def test_every_make_target_is_documented() -> None:
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.M)
    assert targets
    text = (DOCS / "development.md").read_text("utf-8")
    assert not [t for t in targets.group(1).split() if f"make {t}" not in text]


def test_links_between_docs_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)} → {target}"
        for page in [ROOT / "README.md", ROOT / "README.zh-CN.md", *DOCS.rglob("*.md")]
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not broken
