"""What other files of a site tell about one of its files, and what editors said its pages hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final, Literal
from urllib.parse import urlsplit

from corpus_app.ingest.noise.page import PageLine, split_lines
from corpus_app.ingest.rule_files import read_rules
from corpus_app.ingest.site_marks import is_site_name
from corpus_app.text.chars import squeeze

# A page's own lines stand at its edges; what lies further in is the speech.
EDGE_LINES: Final = 60
# A longer line is a sentence or two, and none that a site repeats by itself.
LINE_CHARS: Final = 80
SITE_CHARS: Final = 200
# In fewer other files a line may stand by chance; in a batch of many sites each has few.
FEWEST_FILES: Final = 3
SMALLEST_SHARE: Final = 0.02

Relation = Literal["label", "below", "above"]


@dataclass(frozen=True, slots=True)
class ProfileValue:
    """Where pages of a site bear one value: behind a label, or beside a line that they all have.

    name is a field as in Metadata.evidence (title, delivered, source …); words are the label or
    the neighbouring line, white space aside; distance counts lines from that neighbour, 1 for the
    next one.
    """

    name: str
    relation: Relation
    words: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """What editors approved of a site's pages: where values stand, which whole lines are chrome.

    key names the stored profile in the rules of what it takes out; lines are without white space.
    """

    key: int
    values: tuple[ProfileValue, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteEvidence:
    """Other files of a file's site, source or batch: how many, and which lines stand in how many.

    lines are without white space and name only lines that stand in a file at all; the file that is
    read is not among them. site is for people (a host, an account, a source, a batch).
    """

    site: str = ""
    files: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    profile: SiteProfile | None = None

    def count(self, line: str) -> int:
        """Return in how many other files the line stands, white space aside."""
        return self.lines.get(squeeze(line), 0)

    def share(self, line: str) -> float:
        """Return in which part of the other files the line stands, 0.0 where there are none."""
        return self.count(line) / self.files if self.files else 0.0

    def is_repeated(self, line: str) -> bool:
        """Return whether the line stands in so many other files that it is no chance."""
        return self.count(line) >= FEWEST_FILES and self.share(line) >= SMALLEST_SHARE

    def leave(self, lines: Iterable[str]) -> SiteEvidence | None:
        """Return the evidence without what it says of these lines, None where it says nothing."""
        left = {squeeze(line) for line in lines} & self.lines.keys()
        kept = {line: count for line, count in self.lines.items() if line not in left}
        return replace(self, lines=kept) if left else None


EdgeLine = PageLine
NO_EVIDENCE: Final = SiteEvidence()


def name_site(source_url: str, source: str) -> str:
    """Return what the files of one site have in common: the address's host, else the source.

    On a platform where everybody has an account the source is the site. What is no name (a time, a
    button, a person) tells nothing; "" where nothing does.
    """
    rules = read_rules("sites")
    try:
        host = (urlsplit(source_url).hostname or "").rstrip(".")
    except ValueError:
        host = ""
    for prefix in rules["prefixes"]:
        host = host.removeprefix(prefix)
    shared = any(host == one or host.endswith(f".{one}") for one in rules["platforms"])
    name = squeeze(source) if is_site_name(source) else ""
    return (name or host if shared else host or name)[:SITE_CHARS]


def list_edges(raw: str) -> list[PageLine]:
    """Return the lines at both edges of raw, where a page's own and the head's stand."""
    lines = list(split_lines(raw))
    return lines[:EDGE_LINES] + lines[-EDGE_LINES:] if len(lines) > 2 * EDGE_LINES else lines


def list_page_lines(raw: str) -> list[str]:
    """Return the different short lines at the edges of raw, without white space, in order."""
    squeezed = (squeeze(line.text) for line in list_edges(raw))
    return list(dict.fromkeys(text for text in squeezed if len(text) <= LINE_CHARS))


def collect_lines(raws: Iterable[str], site: str = "") -> SiteEvidence:
    """Return the evidence that these raw texts of one site give about another file of it."""
    return count_lines((list_page_lines(raw) for raw in raws), site)


def count_lines(
    pages: Iterable[Iterable[str]], site: str = "", profile: SiteProfile | None = None
) -> SiteEvidence:
    """Return the evidence of other pages, given the lines of each (see list_page_lines)."""
    listed = [set(page) for page in pages]
    counts = Counter(chain.from_iterable(listed))
    return SiteEvidence(site, len(listed), dict(counts), profile)
