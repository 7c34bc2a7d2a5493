"""Set expressions inside longer words: which places of the judged sentences are said to stand.

    python -m benchmarks.mention_borders [FOLDER...]

Prints by family precision and recall. With folders it also prints, of all places in their texts
(*.txt) where the characters of a registered wording stand, those that are not taken.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.judged_sentences import load_judged, print_figures, read_texts
from corpus_app.ingest.word_borders import may_stand_bare, stands_alone
from corpus_app.text.phrases import PhraseIndex

ROOT = Path(__file__).resolve().parents[1]
CONTEXT = 5


def says(sentence: str) -> bool:
    """Tell whether the marked place is said to stand."""
    before, _, rest = sentence.partition("【")
    words, _, after = rest.partition("】")
    if not may_stand_bare(words):
        return False
    return stands_alone(before + words + after, len(before), len(before) + len(words))


def list_refused(texts: Iterator[str]) -> Iterator[tuple[bool, str]]:
    """Yield for each place of a registered wording whether it stands, with its neighbours."""
    entries = json.loads((ROOT / "fixtures/slogans.json").read_text(encoding="utf-8"))
    wordings = {words for one in entries for words in (one["text"], *one["variants"])}
    index = PhraseIndex(words for words in wordings if may_stand_bare(words))
    for text in texts:
        for start, words in index.find_all(text):
            end = start + len(words)
            shown = f"{text[max(0, start - CONTEXT) : start]}【{words}】{text[end : end + CONTEXT]}"
            yield stands_alone(text, start, end), shown.replace("\n", " ")


def main() -> int:
    """Print the figures."""
    print_figures(load_judged("mention_borders"), says)
    if sys.argv[1:]:
        places = list(list_refused(read_texts(sys.argv[1:])))
        refused = Counter(shown for stands, shown in places if not stands)
        print(f"{refused.total()} of {len(places)} places refused")
        for shown, count in refused.most_common():
            print(count, shown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
