"""The server's entry point."""

import subprocess
import sys

from tests.places import ROOT


def test_the_dictionary_is_read_before_the_first_request() -> None:
    asked = (
        "from corpus_app.wsgi import application\n"
        "from search.analysis.words import load_segmenter\n"
        "print(load_segmenter.cache_info().currsize)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "1"
