"""Which workers live."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from corpus_app.batches.presence import (
    hold_presence,
    is_worker_present,
    list_present,
    try_alone,
)
from tests.places import ROOT

HOLD = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "corpus_app.settings"
django.setup()
from corpus_app.batches.presence import hold_presence
with hold_presence() as token:
    print(token, flush=True)
    sys.stdin.read()
"""


def test_a_worker_is_there_while_it_is_inside() -> None:
    assert not is_worker_present()
    with hold_presence() as token, hold_presence() as other:
        assert set(list_present()) == {token, other}
        assert is_worker_present()
    assert list_present() == []


def test_a_killed_worker_is_gone_at_once_and_its_file_swept() -> None:
    env = os.environ | {"CORPUS_DATA_DIR": str(settings.DATA_DIR)}
    with subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        token = process.stdout.readline().strip()
        assert list_present() == [token]
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert list_present() == []
    assert not list(Path(settings.DATA_DIR, "workers").glob(f"{token}*"))


def test_only_one_is_alone() -> None:
    with try_alone("thing") as first, try_alone("thing") as second, try_alone("other") as other:
        assert (first, second, other) == (True, False, True)
    with try_alone("thing") as again:
        assert again
