"""Rules that editors made: words that are always taken out, as plain data for the parser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from corpus_app.ingest.draft import Metadata, Removed
from corpus_app.ingest.layout import NEWLINE
from corpus_app.ingest.spans import iter_kept, merge_removed
from corpus_app.text.chars import find_offsets, squeeze

RULE_PREFIX = "rule:"


@dataclass(frozen=True, slots=True)
class RemovalRule:
    """Literal words, white space aside, and where they are taken out; a blank scope is any.

    file_name is a shell pattern (*.html); whole_line takes the words only where they are all
    that is left of their line.
    """

    key: int
    text: str
    kind: str
    whole_line: bool = False
    source: str = ""
    organisation: str = ""
    file_name: str = ""

    @property
    def needs_metadata(self) -> bool:
        """Return whether the header must be read before the rule's scope can be told."""
        return bool(self.source or self.organisation)

    def fits(self, name: str, source: str, organisation: str) -> bool:
        """Return whether a file of this name, source and organisation is in the scope."""
        return (
            (not self.file_name or fnmatchcase(name.casefold(), self.file_name.casefold()))
            and self.source in ("", source)
            and self.organisation in ("", organisation)
        )


def take_ruled(raw: str, removed: Sequence[Removed], rules: Iterable[RemovalRule]) -> list[Removed]:
    """Return the removed spans and what the rules take out besides, sorted, without overlap."""
    layers = [take_spans(raw, removed, rule) for rule in rules if may_match(raw, removed, rule)]
    return merge_removed(raw, removed, *layers) if any(layers) else list(removed)


def take_early(
    raw: str, removed: Sequence[Removed], rules: Iterable[RemovalRule], name: str
) -> list[Removed]:
    """Take out what needs no header to be read, so that it is not taken for the header."""
    early = [rule for rule in rules if not rule.needs_metadata and rule.fits(name, "", "")]
    return take_ruled(raw, removed, early)


def take_late(
    raw: str,
    removed: Sequence[Removed],
    rules: Iterable[RemovalRule],
    name: str,
    metadata: Metadata,
) -> list[Removed]:
    """Take out what belongs to a source or an organisation, once they are known."""
    source, organisation = metadata.source_name or "", metadata.organisation or ""
    late = [rule for rule in rules if rule.needs_metadata and rule.fits(name, source, organisation)]
    return take_ruled(raw, removed, late)


def take_spans(raw: str, removed: Sequence[Removed], rule: RemovalRule) -> list[Removed]:
    """Return the stretches of raw that the rule names, what is removed inside them counted in."""
    return [
        Removed(rule.kind, raw[start:end], start, end, f"{RULE_PREFIX}{rule.key}")
        for start, end in find_matches(raw, removed, rule)
    ]


def may_match(raw: str, removed: Iterable[Removed], rule: RemovalRule) -> bool:
    """Return quickly whether the rule's words stand in what is kept of raw."""
    return squeeze(rule.text) in squeeze_kept(raw, removed)


def squeeze_kept(raw: str, removed: Iterable[Removed]) -> str:
    """Return what is kept of raw without white space."""
    return squeeze("".join(raw[start:end] for start, end in iter_kept(len(raw), removed)))


def find_matches(raw: str, removed: Sequence[Removed], rule: RemovalRule) -> list[tuple[int, int]]:
    """Return where the rule's words stand in what is kept of raw, from first sign to last."""
    sought = squeeze(rule.text)
    places = find_offsets(raw, iter_kept(len(raw), removed)).tolist()
    signs = "".join(raw[place] for place in places)
    found: list[tuple[int, int]] = []
    at = signs.find(sought) if sought else -1
    while at >= 0:
        stop = at + len(sought)
        if not rule.whole_line or _is_line(raw, places, at, stop):
            found.append((places[at], places[stop - 1] + 1))
            at = signs.find(sought, stop)
        else:
            at = signs.find(sought, at + 1)
    return found


def _is_line(raw: str, places: Sequence[int], first: int, stop: int) -> bool:
    """Say whether the kept signs before and behind these stand on other lines."""
    opens = first == 0 or NEWLINE.search(raw, places[first - 1], places[first]) is not None
    last = places[stop - 1]
    return opens and (stop == len(places) or NEWLINE.search(raw, last, places[stop]) is not None)
