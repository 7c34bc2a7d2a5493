"""The account of an office file: how each element is taken, and what of the file was not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal

from lxml import etree

from corpus_app.ingest.draft import Notice
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import shorten, tidy

Treatment = Literal["through", "silent", "unknown"]
RULES: Final = "office_elements"
PAGING: Final = re.compile(r"[\W\d_]|第|页|共|page|of", re.I)
# So much of what was skipped is quoted in a notice, and gathered for it.
QUOTED, MOST_GATHERED = 120, 2_000


class ElementTable:
    """The elements of one vocabulary: their short names ("w:p"), and how they are taken."""

    def __init__(self, vocabulary: str) -> None:
        rules = read_rules(RULES)[vocabulary]
        self._prefixes = {address: name for name, address in rules["namespaces"].items()}
        self._prefixes |= rules.get("same", {})
        self._same = [
            (address.encode(), rules["namespaces"][name].encode())
            for address, name in rules.get("same", {}).items()
        ]
        self._treatments: dict[str, Treatment] = dict.fromkeys(
            rules["elements"]["silent"], "silent"
        )
        self._treatments |= dict.fromkeys(rules["elements"]["through"], "through")
        self._names: dict[object, str] = {}

    def name(self, node: etree._Element) -> str:
        """Return the element's short name; "" for comments and processing instructions."""
        tag = node.tag
        found = self._names.get(tag)
        if found is None:
            found = self._names[tag] = self._make_name(node)
        return found

    def treat(self, name: str) -> Treatment:
        """Return how an element of this short name is taken where no code has a rule for it."""
        return self._treatments.get(name, "unknown")

    def unify(self, part: bytes) -> bytes:
        """Return the XML of a part with one address for each namespace."""
        for address, common in self._same:
            if address in part:
                part = part.replace(address, common)
        return part

    def _make_name(self, node: etree._Element) -> str:
        if node.tag is etree.Entity:
            return "&"
        if not isinstance(node.tag, str):
            return ""
        address, _, local = node.tag.rpartition("}")
        return f"{self._prefixes.get(address[1:], address + '}')}:{local}" if address else local


@cache
def load_elements(vocabulary: str) -> ElementTable:
    """Return the table of "word" or "opendocument"."""
    return ElementTable(vocabulary)


class FileAccount:
    """What of one file was not read or not as it stands, gathered as it is met."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._words: dict[str, dict[str, None]] = {}

    def note(self, kind: str, words: str = "", count: int = 1) -> None:
        """Count something of a kind that rules/office_elements.toml has a notice for."""
        self._counts[kind] = self._counts.get(kind, 0) + count
        kept = self._words.setdefault(kind, {})
        words = tidy(words[:MOST_GATHERED])
        if words and sum(map(len, kept)) < MOST_GATHERED:
            kept[words] = None

    def add(self, other: FileAccount) -> None:
        """Take over what another account gathered."""
        for kind, count in other._counts.items():
            self.note(kind, "", count)
            self._words[kind] |= other._words[kind]

    def report(self) -> Iterator[Notice]:
        """Yield one notice for each kind that was met, in the order of the rules."""
        for kind, rule in read_rules(RULES)["notices"].items():
            if self._counts.get(kind):
                words = shorten(" ".join(self._words[kind]), QUOTED)
                message = rule["message"] if words else rule["message"].replace("：“{words}”", "")
                yield Notice(rule["code"], message.format(count=self._counts[kind], words=words))


def tell_margin(account: FileAccount, words: str) -> None:
    """Note what a header or footer says besides the numbers that each page prints anew."""
    if PAGING.sub("", words):
        account.note("margins", words)


def read_own_words(node: etree._Element) -> str:
    """Return the words that stand in an element itself and in none below it."""
    if not isinstance(node.tag, str):
        return str(node)
    return " ".join(filter(None, (node.text, *(child.tail for child in node)))).strip()
