"""The same ten texts through every carrier and every writer at hand: what changed on the way.

    python -m benchmarks.carriers [--texts N] [--only WORDS] [--record]

Each sample speech, as plain text, is what it should be; a carrier's file is read in the sandbox as
an import reads it, and its text compared character by character, white space aside. Lost, added
and wrong characters are counted per 10,000; a scan also tells how many of its wrong and added
characters stand at a place that a notice points to. A writer that is not at hand has no row:
LibreOffice, a browser, Pillow with a Chinese font.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.carrier_writers.plain import WRITERS
from benchmarks.carrier_writers.programs import print_by_browser, write_by_office, write_docx
from benchmarks.recording import write_record
from corpus_app.ingest.draft import Draft, RejectedFile
from corpus_app.ingest.sandbox.parsing import parse_file
from corpus_app.text.chars import squeeze

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks/results/carriers.md"
PER = 10_000
# One of the samples is glued together: its whole text would be its headline.
LEAST_LINES = 5
NOTE = "【示例文稿"


@dataclass(slots=True)
class Tally:
    """What became of one carrier's files."""

    chars: int = 0
    lost: int = 0
    added: int = 0
    wrong: int = 0
    flagged: int = 0
    sections: int = 0
    heads: int = 0
    files: int = 0
    seconds: float = 0.0
    refused: list[str] = field(default_factory=list)

    def add(self, wanted: Draft, got: Draft) -> None:
        """Count one file against the draft of its plain text."""
        whole, read = squeeze(wanted.text), squeeze(got.text)
        noticed = _list_noticed(got)
        self.chars += len(whole)
        self.files += 1
        self.sections += _list_outline(wanted) == _list_outline(got)
        self.heads += _list_head(wanted) == _list_head(got)
        for step in Levenshtein.editops(whole, read):
            if step.tag == "delete":
                self.lost += 1
            elif step.tag == "insert":
                self.added += 1
            else:
                self.wrong += 1
            self.flagged += step.tag != "delete" and step.dest_pos in noticed

    def list_figures(self) -> dict[str, str]:
        """Return the figures by name, characters per 10,000 of the texts."""
        share = PER / max(1, self.chars)
        figures = {
            "lost": f"{self.lost * share:.1f}",
            "added": f"{self.added * share:.1f}",
            "wrong": f"{self.wrong * share:.1f}",
            "outline equal": f"{self.sections} of {self.files}",
            "head equal": f"{self.heads} of {self.files}",
            "seconds a file": f"{self.seconds / max(1, self.files):.2f}",
        }
        if self.wrong + self.added:
            figures["noticed"] = f"{self.flagged} of {self.wrong + self.added}"
        if self.refused:
            figures["refused"] = "; ".join(sorted(set(self.refused)))
        return figures


def _list_noticed(draft: Draft) -> set[int]:
    """Return the places in the squeezed text whose characters a notice points to.

    Body characters stand in raw in their order, so that the two are walked side by side.
    """
    inside = [False] * len(draft.raw)
    for notice in draft.notices:
        for at in range(notice.start or 0, notice.end or 0):
            inside[at] = True
    gone = [False] * len(draft.raw)
    for span in draft.removed:
        for at in range(span.start, span.end):
            gone[at] = True
    body = (at for at, char in enumerate(draft.raw) if not gone[at] and not char.isspace())
    return {place for place, at in enumerate(body) if inside[at]}


def _list_outline(draft: Draft) -> list[tuple[str, str | None, str | None]]:
    return [(one.kind, one.marker, one.heading) for one in draft.sections]


def _list_head(draft: Draft) -> list[object]:
    meta = draft.metadata
    words = [meta.title, meta.speaker, meta.speaker_role]
    return [*(squeeze(one or "") for one in words), meta.dates.get("delivered")]


def list_texts(count: int) -> list[str]:
    """Return sample speeches without blank lines, indents and the note that they are samples.

    None that is all in one line.
    """
    texts = []
    for file in sorted((ROOT / "fixtures/speeches").glob("*.txt")):
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
        texts.append("\n".join(line for line in lines if line and not line.startswith(NOTE)))
    return [text for text in texts if text.count("\n") > LEAST_LINES][:count]


def iter_carriers(texts: Sequence[str], only: str) -> Iterator[tuple[str, list[bytes]]]:
    """Yield each carrier's name, that ends as its files do, and its files."""
    for name, write in WRITERS.items():
        if only in name:
            yield name, [_write(write, text) for text in texts]
    if only in "python-docx.docx":
        yield "python-docx.docx", [write_docx(text) for text in texts]
    if only in "LibreOffice.":
        yield from write_by_office(texts).items()
    if only in "browser print.pdf" and (printed := print_by_browser(texts)):
        yield "browser print.pdf", printed
    if only in "clean scan.pdf worn scan.pdf":
        yield from _iter_scans(texts[:3])


def _write(write: Callable[[str], bytes], text: str) -> bytes:
    """Return the text in a carrier; b"" where its set of characters lacks one of the text's."""
    try:
        return write(text)
    except UnicodeEncodeError:
        return b""


def _iter_scans(texts: Sequence[str]) -> Iterator[tuple[str, list[bytes]]]:
    try:
        from benchmarks.carrier_writers.scans import find_font, write_scan
    except ImportError:
        return
    if (font := find_font()) is not None:
        yield "clean scan.pdf", [write_scan(text, font, worn=False) for text in texts]
        yield "worn scan.pdf", [write_scan(text, font, worn=True) for text in texts]


def measure(texts: Sequence[str], files: Sequence[bytes], name: str) -> Tally:
    """Return what became of the files of one carrier; files may be fewer than texts."""
    tally = Tally()
    for text, data in zip(texts, files, strict=False):
        if not data:
            continue
        wanted = parse_file(text.encode(), "plain.txt")
        started = time.perf_counter()
        try:
            got = parse_file(data, f"file.{name.rpartition('.')[2]}")
        except RejectedFile as refusal:
            tally.refused.append(f"{refusal.code}: {refusal.message}")
            continue
        tally.seconds += time.perf_counter() - started
        tally.add(wanted, got)
    return tally


def print_row(name: str, figures: Mapping[str, str]) -> None:
    """Print one carrier's figures on one line."""
    told = ", ".join(f"{key} {value}" for key, value in figures.items())
    print(f"{name:32} {told}", flush=True)


def main() -> int:
    """Print what became of the texts, carrier by carrier; exit 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--texts", type=int, default=10, help="how many of the samples")
    parser.add_argument("--only", default="", help="carriers whose name holds these words")
    parser.add_argument("--record", action="store_true", help="write the figures down")
    options = parser.parse_args()
    texts = list_texts(options.texts)
    recorded = {}
    for name, files in iter_carriers(texts, options.only):
        recorded[name] = measure(texts, files, name).list_figures()
        print_row(name, recorded[name])
    if options.record:
        title = "The same texts through every carrier, characters per 10,000"
        write_record(RESULTS, title, recorded)
    return 0


if __name__ == "__main__":
    sys.exit(main())
