"""Starts processes that work on one data folder, quickly: they are forked off a loaded program.

Run as a program with the data folder in the environment. It reads a job a line and answers with
the process id; what a job has to say goes to the file named behind it.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any


def work() -> None:
    from corpus_app.batches.worker import run_worker

    run_worker(threading.Event())


def finish() -> dict[str, Any]:
    """Do what is left, as a worker does that starts again and goes on for a while.

    A process that a killed worker was just starting may hold its presence for a moment longer.
    """
    from corpus_app.batches.models import BatchFile
    from corpus_app.batches.worker import run_worker

    done, deadline = 0, time.monotonic() + 60
    while True:
        done += run_worker(threading.Event(), once=True)
        left = BatchFile.objects.filter(state__in=("waiting", "working")).exists()
        if not left or time.monotonic() > deadline:
            return {"done": done}
        time.sleep(0.5)


def bring() -> None:
    """Take one file after another in, as a command does that no batch stands behind."""
    from corpus_app.intake.importing.files import import_bytes
    from tests.batches.random_speeches import write_speech

    for number in itertools.count(os.getpid() * 1000):
        import_bytes(write_speech(number).encode(), f"{number}.txt", draft=True)
        time.sleep(0.2)


def publish() -> None:
    """Publish and withdraw at random for as long as the process lives."""
    from corpus_app.catalog.models import Speech
    from corpus_app.intake.revisions import editing

    draw = random.Random(os.getpid())
    while True:
        time.sleep(0.05)
        speech = Speech.objects.order_by("?").first()
        if speech is not None and speech.status != "published":
            editing.publish(speech)
        elif speech is not None and draw.random() < 0.3:
            editing.withdraw(speech)


def rebuild() -> None:
    import search

    while True:
        search.rebuild_index()
        time.sleep(0.4)


def send_batch() -> dict[str, Any]:
    """Send a batch of files, to be published, and return its number and their sha256."""
    import hashlib

    from corpus_app.batches.services import add_file, close_batch, make_batch
    from tests.batches.random_speeches import write_speech

    batch = make_batch("一批", publish=True)
    texts = [write_speech(batch.pk * 1000 + at).encode() for at in range(12)]
    for at, text in enumerate(texts):
        add_file(batch, f"{at}.txt", text)
    close_batch(batch)
    return {"batch": batch.pk, "shas": [hashlib.sha256(text).hexdigest() for text in texts]}


def publish_one() -> dict[str, Any]:
    """Store and publish a speech of its own words; return its number and what to look for."""
    from corpus_app.catalog.models import Speech
    from corpus_app.intake.importing.files import import_bytes
    from corpus_app.intake.revisions import editing
    from tests.batches.random_speeches import write_speech

    words = f"第{os.getpid()}号议案已经办结"
    text = write_speech(os.getpid() * 1000) + f"\n{words}。\n"
    outcome = import_bytes(text.encode(), "one.txt", draft=True)
    editing.publish(Speech.objects.get(pk=outcome.speech))
    return {"speech": outcome.speech, "words": words}


def withdraw_last() -> dict[str, Any]:
    from corpus_app.catalog.models import Speech
    from corpus_app.intake.revisions import editing

    speech = Speech.objects.published().order_by("-pk")[0]
    editing.withdraw(speech)
    return {"speech": speech.pk}


def make_token() -> dict[str, Any]:
    from django.contrib.auth.models import User

    from corpus_app.api.tokens import create_token

    return {"token": create_token(User.objects.create_superuser("program"), "测试")[1]}


def report() -> dict[str, Any]:
    """Return what check_corpus finds, and what there is of every file that was sent."""
    import search
    from corpus_app.batches.models import Batch, BatchFile
    from corpus_app.catalog.models import Revision, Speech
    from corpus_app.intake.checking import check_everything

    revisions = Revision.objects.values_list("upload__sha256", "speech_id")
    files = BatchFile.objects.values("batch", "path", "sha256", "state", "attempts", "speech")
    return {
        "findings": [asdict(finding) for finding in check_everything()],
        "revisions": [list(row) for row in revisions],
        "files": list(files),
        "batches": dict(Batch.objects.values_list("pk", "state")),
        "speeches": Speech.objects.count(),
        "half": Speech.objects.filter(current=None).count()
        + Revision.objects.filter(sections=None).count(),
        "published": Speech.objects.published().count(),
        "pending": search.read_changes_left().count,
        "index": asdict(search.read_index_state()),
    }


LASTING = (work, bring, publish, rebuild)
ASKED = (finish, make_token, report, send_batch, publish_one, withdraw_last)
JOBS = {job.__name__: job for job in (*LASTING, *ASKED)}


def run_job(name: str, target: str) -> None:
    """Do a job in a forked process and end it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    code = 1
    try:
        said = JOBS[name]()
        if target:
            passing = Path(f"{target}.part")
            passing.write_text(json.dumps(said), "utf-8")
            passing.rename(target)
        code = 0
    finally:
        os._exit(code)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
    import django

    django.setup()
    from django.db import connections

    import corpus_app.batches.worker
    import corpus_app.intake.checking  # noqa: F401
    from search import prepare_search

    prepare_search()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        name, _space, target = line.strip().partition(" ")
        connections.close_all()
        process = os.fork()
        if process == 0:
            run_job(name, target)
        print(process, flush=True)


if __name__ == "__main__":
    main()
