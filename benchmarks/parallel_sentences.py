"""Full parallel sentences: which of the judged sentences are found.

    python -m benchmarks.parallel_sentences [FOLDER...]

Prints by family precision and recall. With folders it also prints every tenth sentence found in
their texts (*.txt), to be judged by reading.
"""

from __future__ import annotations

import sys

from benchmarks.judged_sentences import load_judged, print_figures, read_texts
from corpus_app.ingest.parallel_sentences import find_parallel_sentences

ONE_IN = 10


def main() -> int:
    """Print the figures."""
    print_figures(load_judged("parallel_sentences"), find_parallel_sentences)
    texts = read_texts(sys.argv[1:])
    places = [(text, one) for text in texts for one in find_parallel_sentences(text)]
    for text, one in places[::ONE_IN]:
        print(len(one.members), text[one.start : one.end])
    return 0


if __name__ == "__main__":
    sys.exit(main())
