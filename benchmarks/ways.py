"""How many of the project's files a query, a file and an edit pass through, by tracing calls.

python -m benchmarks.ways   (in a data folder of its own; nothing is recorded)
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = (f"{ROOT}/corpus_app/", f"{ROOT}/search/")
SAMPLES = sorted((ROOT / "fixtures" / "speeches").glob("*.txt"))
BEFORE = 6


def count_files(act: Callable[[], object]) -> int:
    """Return how many files of the product have a function that the act calls in this process."""
    seen: set[str] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_name != "<module>" and code.co_filename.startswith(PACKAGES):
            seen.add(code.co_filename)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return len(seen)


def set_up() -> None:
    """Bring a corpus of a few samples up in a folder of its own."""
    os.environ["CORPUS_DATA_DIR"] = tempfile.mkdtemp(prefix="yanku-ways-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command

    import search
    from corpus_app.ingest.pipeline import parse_bytes
    from corpus_app.intake.importing.files import import_bytes

    call_command("migrate", verbosity=0)
    for path in SAMPLES[:BEFORE]:
        import_bytes(path.read_bytes(), path.name)
    search.rebuild_index()
    # Loading modules is no part of a way.
    ask()
    parse_bytes(SAMPLES[0].read_bytes(), SAMPLES[0].name)


def ask() -> None:
    """Ask the search page."""
    from django.test import Client

    Client().get("/search/", {"q": "全过程人民民主 代表"}, headers={"host": "localhost"})


def take_in() -> None:
    """Parse a file as the sandbox does, then take it in."""
    from corpus_app.ingest.pipeline import parse_bytes
    from corpus_app.intake.importing.files import import_bytes

    data, name = SAMPLES[BEFORE].read_bytes(), SAMPLES[BEFORE].name
    parse_bytes(data, name)
    import_bytes(data, name)


def edit() -> None:
    """Change a heading of a speech's outline."""
    from corpus_app.catalog.models import Speech
    from corpus_app.intake.revisions.outline.acts import retitle
    from corpus_app.intake.revisions.outlining import revise_outline
    from corpus_app.review.outline_desk import open_desk

    speech = Speech.objects.select_related("current").exclude(current=None).earliest("pk")
    revision = speech.current
    assert revision is not None
    heads = open_desk(revision).heads
    index = next(at for at, head in enumerate(heads) if head.heading)
    shorter = heads[index].heading[:-1]
    revise_outline(speech, revision.number, retitle(revision.text, heads, index, shorter))


def main() -> None:
    """Print the number of files on each way."""
    set_up()
    for name, act in (("query", ask), ("file", take_in), ("edit", edit)):
        print(f"{name:6} {count_files(act):4}")


if __name__ == "__main__":
    main()
