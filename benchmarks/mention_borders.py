"""Set expressions inside longer words: which places of the judged sentences are said to stand.

    python -m benchmarks.mention_borders [FOLDER...]

Prints by family precision and recall. With folders it also prints, of all places in their texts
(*.txt) where the characters of a registered wording stand, those that are not taken.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus_app.ingest.word_borders import stands_alone
from corpus_app.text.phrases import PhraseIndex

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "benchmarks/mention_borders.toml"
SHORTEST = 4
CONTEXT = 5


@dataclass(frozen=True)
class Family:
    """Judged sentences, each with its place marked."""

    name: str
    wanted: list[str]
    unwanted: list[str]


def load_judged() -> list[Family]:
    """Return the families of benchmarks/mention_borders.toml."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [Family(name, one["wanted"], one["unwanted"]) for name, one in table.items()]


def says(sentence: str) -> bool:
    """Tell whether the marked place is said to stand."""
    before, _, rest = sentence.partition("【")
    words, _, after = rest.partition("】")
    return stands_alone(before + words + after, len(before), len(before) + len(words))


def judge(family: Family) -> tuple[int, int]:
    """Return how many of the wanted and of the unwanted places are said to stand."""
    return sum(map(says, family.wanted)), sum(map(says, family.unwanted))


def list_refused(folders: list[Path]) -> Iterator[tuple[bool, str]]:
    """Yield for each place of a registered wording whether it stands, with its neighbours."""
    entries = json.loads((ROOT / "fixtures/slogans.json").read_text(encoding="utf-8"))
    wordings = {words for one in entries for words in (one["text"], *one["variants"])}
    index = PhraseIndex(words for words in wordings if len(words) >= SHORTEST)
    for path in sorted(path for folder in folders for path in folder.rglob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for start, words in index.find_all(text):
            end = start + len(words)
            shown = f"{text[max(0, start - CONTEXT) : start]}【{words}】{text[end : end + CONTEXT]}"
            yield stands_alone(text, start, end), shown.replace("\n", " ")


def main() -> int:
    """Print the figures."""
    for family in load_judged():
        right, wrong = judge(family)
        lost = [one for one in family.wanted if not says(one)]
        kept = [one for one in family.unwanted if says(one)]
        precision, recall = right / (right + wrong), right / len(family.wanted)
        print(f"{family.name}: precision {precision:.2f}, recall {recall:.2f}", *lost, *kept)
    if sys.argv[1:]:
        places = list(list_refused([Path(one) for one in sys.argv[1:]]))
        refused = Counter(shown for stands, shown in places if not stands)
        print(f"{refused.total()} of {len(places)} places refused")
        for shown, count in refused.most_common():
            print(count, shown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
