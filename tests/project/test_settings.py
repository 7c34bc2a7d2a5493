"""Settings that refuse to start in an unsafe state, tried in real processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

LONG_KEY = "k" * 60


def start(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("CORPUS_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", "from corpus_app import settings; print(settings.MODE)"],
        cwd=ROOT,
        env={**clean, "CORPUS_DATA_DIR": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("variables", "word"),
    [
        ({}, "CORPUS_SECRET_KEY"),
        ({"CORPUS_SECRET_KEY": "short"}, "CORPUS_SECRET_KEY"),
        ({"CORPUS_SECRET_KEY": LONG_KEY}, "CORPUS_ALLOWED_HOSTS"),
        (
            {
                "CORPUS_SECRET_KEY": LONG_KEY,
                "CORPUS_ALLOWED_HOSTS": "yanku.example",
                "CORPUS_DEBUG": "1",
            },
            "CORPUS_DEBUG",
        ),
    ],
)
def test_production_refuses_to_start_unsafe(
    tmp_path: Path, variables: dict[str, str], word: str
) -> None:
    done = start(tmp_path, CORPUS_MODE="production", **variables)
    assert done.returncode != 0
    assert word in done.stderr


def test_production_starts_with_key_and_hosts(tmp_path: Path) -> None:
    done = start(
        tmp_path,
        CORPUS_MODE="production",
        CORPUS_SECRET_KEY=LONG_KEY,
        CORPUS_ALLOWED_HOSTS="yanku.example",
    )
    assert done.stdout.strip() == "production", done.stderr


def test_the_demo_makes_its_own_key_and_keeps_it(tmp_path: Path) -> None:
    assert start(tmp_path).returncode == 0
    key = (tmp_path / "secret_key").read_text()
    assert len(key) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert start(tmp_path).returncode == 0
    assert (tmp_path / "secret_key").read_text() == key


def test_a_wrong_mode_is_refused(tmp_path: Path) -> None:
    assert "CORPUS_MODE" in start(tmp_path, CORPUS_MODE="staging").stderr


def test_the_demo_listens_on_loopback_whatever_is_asked(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import runpy; print(runpy.run_path('gunicorn.conf.py')['bind'])",
        ],
        cwd=ROOT,
        env={**os.environ, "CORPUS_MODE": "demo", "CORPUS_BIND": "0.0.0.0:80", "PORT": "8123"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "127.0.0.1:8123"
