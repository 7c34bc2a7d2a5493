"""Full parallel sentences: which of the judged sentences are found.

    python -m benchmarks.parallel_sentences [FOLDER...]

Prints by family precision and recall. With folders it also prints every tenth sentence found in
their texts (*.txt), to be judged by reading.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from corpus_app.ingest.parallel_sentences import find_parallel_sentences

TABLE = Path(__file__).resolve().parent / "parallel_sentences.toml"
ONE_IN = 10


@dataclass(frozen=True)
class JudgedSentences:
    """The sentences of a family: those that are parallel and those that are not."""

    name: str
    wanted: list[str]
    unwanted: list[str]


def load_judged() -> list[JudgedSentences]:
    """Return the families of benchmarks/parallel_sentences.toml."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [JudgedSentences(name, one["wanted"], one["unwanted"]) for name, one in table.items()]


def count_found(sentences: list[str]) -> int:
    """Return how many of the sentences are found to be parallel."""
    return sum(bool(find_parallel_sentences(sentence)) for sentence in sentences)


def main() -> int:
    """Print the figures."""
    for family in load_judged():
        right, wrong = count_found(family.wanted), count_found(family.unwanted)
        missed = [one for one in family.wanted if not find_parallel_sentences(one)]
        false = [one for one in family.unwanted if find_parallel_sentences(one)]
        precision, recall = right / max(1, right + wrong), right / len(family.wanted)
        print(f"{family.name}: precision {precision:.2f}, recall {recall:.2f}", *missed, *false)
    folders = [Path(one) for one in sys.argv[1:]]
    texts = [
        path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(path for folder in folders for path in folder.rglob("*.txt"))
    ]
    places = [(text, one) for text in texts for one in find_parallel_sentences(text)]
    for text, one in places[::ONE_IN]:
        print(len(one.members), text[one.start : one.end])
    return 0


if __name__ == "__main__":
    sys.exit(main())
