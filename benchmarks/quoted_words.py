"""Quoted words that are no set expression: how well the rule tells them, on judged words.

    python -m benchmarks.quoted_words

Reads the documents of benchmarks/quoted_words.toml from ../shared and fixtures/speeches, and
prints precision and recall of what is offered, for the families that the rule was set on and for
those left out of it (aside).
"""

from __future__ import annotations

import sys
import tarfile
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus_app.ingest.slogans import find_slogans

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
TABLE = ROOT / "benchmarks/quoted_words.toml"


class Verdict(NamedTuple):
    """Quoted words of a document: whether they are an expression, and whether they are offered."""

    family: str
    words: str
    judged: bool
    offered: bool


@cache
def read_laws() -> dict[str, str]:
    """Return the laws' texts by file name."""
    with tarfile.open(SHARED / "corpora/laws.tar.xz") as archive:
        files = ((member.name, archive.extractfile(member)) for member in archive)
        return {
            Path(name).name: file.read().decode("utf-8")
            for name, file in files
            if file is not None and name.endswith(".txt")
        }


def read_family(name: str) -> str:
    """Return the text of a family's document, "" where it is not at hand."""
    folder, _, file = name.partition("/")
    if folder == "laws":
        return read_laws().get(file, "") if (SHARED / "corpora/laws.tar.xz").is_file() else ""
    path = ROOT / "fixtures/speeches" / file if folder == "fixtures" else SHARED / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def judge_all(part: str) -> Iterator[Verdict]:
    """Yield a verdict for each judged word of a part of the table: tuned or aside."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))[part]
    for family, judged in table.items():
        text = read_family(family)
        offered = {one.text for one in find_slogans(text) if one.offered}
        if text:
            for answer in ("yes", "no"):
                for words in judged[answer]:
                    yield Verdict(family, words, answer == "yes", words in offered)


def main() -> int:
    """Print the figures and what went wrong."""
    for part in ("tuned", "aside"):
        verdicts = list(judge_all(part))
        offered = [one for one in verdicts if one.offered]
        right = sum(one.judged for one in offered)
        wanted = sum(one.judged for one in verdicts)
        print(
            f"{part}: {len(verdicts)} judged, {len(offered)} offered, "
            f"precision {right / max(1, len(offered)):.3f}, recall {right / max(1, wanted):.3f}"
        )
        for one in verdicts:
            if one.offered and not one.judged:
                print(f"  offered, judged no: {one.words} ({one.family})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
