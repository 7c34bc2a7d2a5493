"""The body found on pages in mark-up, beside other readers of web pages on the same bytes.

The peers are development dependencies; one that is not installed is left out. They do not set
apart title, date and speaker, so what they leave over is counted twice: all that is not the
body, and of that only what is no line of the head either.
"""

from __future__ import annotations

import importlib
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import lxml.html

from benchmarks.page_reading.pages import Page
from benchmarks.quality_diff import count_differences
from corpus_app.ingest.pipeline import parse_bytes

Extract = Callable[[str], str]
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Tally:
    """What one reader made of all pages: characters, and seconds of the processor."""

    lost: int = 0
    left: int = 0
    left_beside_head: int = 0
    size: int = 0
    seconds: float = 0.0


def find_peers() -> dict[str, Extract]:
    """Return the readers that are installed, by name."""
    makers = {
        "trafilatura": _make_trafilatura,
        "readability-lxml": _make_readability,
        "jusText": _make_justext,
        "resiliparse": _make_resiliparse,
    }
    peers: dict[str, Extract] = {}
    for name, make in makers.items():
        try:
            peers[name] = make()
        except ImportError:
            print(f"{name} is not installed and left out")
    return peers


def _make_trafilatura() -> Extract:
    extract = importlib.import_module("trafilatura").extract
    # Without tables it does better on the tuning families: 0.25 % lost, 5.6 % left, else 6.5 %.
    return lambda html: extract(html, include_comments=False, include_tables=False) or ""


def _make_readability() -> Extract:
    document = importlib.import_module("readability").Document
    return lambda html: "".join(map(str, lxml.html.fromstring(document(html).summary()).itertext()))


def _make_justext() -> Extract:
    justext = importlib.import_module("justext").justext
    # It has no list of Chinese stop words, and its lengths are those of alphabets: with 70 and 200
    # it loses 82 % of the tuning families. Of six pairs tried this one does best on them.
    settings = {"stopwords_low": 0.0, "stopwords_high": 0.0, "length_low": 20, "length_high": 60}

    def extract(html: str) -> str:
        found = justext(html.encode(), frozenset(), encoding="utf-8", **settings)
        return "\n".join(part.text for part in found if not part.is_boilerplate)

    return extract


def _make_resiliparse() -> Extract:
    extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda html: str(extract(html, main_content=True))


def compare(pages: Sequence[Page]) -> dict[str, Tally]:
    """Return the tallies of ours and of each peer over pages in mark-up."""
    tallies = {"yanku": Tally()}
    for page in pages:
        start = time.process_time()
        text = parse_bytes(page.data, page.name).text
        tallies["yanku"].seconds += time.process_time() - start
        _add(tallies["yanku"], page, text)
    for name, extract in find_peers().items():
        tallies[name] = Tally()
        for page in pages:
            html = decode(page)
            start = time.process_time()
            try:
                text = extract(html)
            except (ValueError, lxml.etree.LxmlError):
                text = ""
            tallies[name].seconds += time.process_time() - start
            _add(tallies[name], page, text)
    return tallies


def decode(page: Page) -> str:
    """Return a page's characters; the peers are given them, so that no encoding stands in the way.

    The declaration is taken out, for lxml refuses text that names an encoding.
    """
    text = page.data.decode("gb18030" if b"charset=gb" in page.data.lower() else "utf-8")
    return re.sub(r"(?i)charset=[\"']?gb\w+", "charset=utf-8", text)


def _add(tally: Tally, page: Page, text: str) -> None:
    lost, left = count_differences(page.body, text)
    tally.lost += lost
    tally.left += left
    tally.left_beside_head += max(0, left - _count_head(page, text))
    tally.size += len(_SPACE.sub("", page.body))


def _count_head(page: Page, text: str) -> int:
    """Return the characters of the page's head lines that stand in a text."""
    found = _SPACE.sub("", text)
    heads = {
        _SPACE.sub("", line.text)
        for line in page.lines
        if line.role not in ("chrome", "body", "salutation")
    }
    return sum(len(head) for head in heads if head in found)


def print_peers(name: str, pages: Sequence[Page], jieba_seconds: float) -> None:
    """Print the table of one set of pages; jieba_seconds is what segmenting all of it takes."""
    print(f"\n{name}: {len(pages)} pages in mark-up")
    print(f"  {'reader':<18}   lost     left  left beside head  ms a page  of jieba's time")
    for reader, tally in compare(pages).items():
        size = max(1, tally.size)
        print(
            f"  {reader:<18} {tally.lost / size:6.2%} {tally.left / size:8.2%}"
            f" {tally.left_beside_head / size:17.2%} {1000 * tally.seconds / len(pages):10.1f}"
            f" {tally.seconds / jieba_seconds:12.2f}"
        )
