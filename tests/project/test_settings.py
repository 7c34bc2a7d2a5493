"""Settings that refuse to start in an unsafe state, tried in real processes."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from corpus_app.data_folder import close_data_folder
from corpus_app.secret_key import find_weakness
from tests.places import ROOT

LONG_KEY = "zT3vQ9-mWk_71xYbLr0aHs5DfGjUoEi8cNp2Kd4Vq6tX-Bw_RzMy"


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


def list_open(folder: Path) -> list[Path]:
    """Return what others may read or enter."""
    return [path for path in (folder, *folder.rglob("*")) if path.lstat().st_mode & 0o077]


@pytest.mark.parametrize(
    "key", ["", "short", "k" * 60, "abcdefghij" * 6, "word " * 12, f"Change_Me-{LONG_KEY}"]
)
def test_a_key_that_can_be_guessed_is_told_from_one_that_was_drawn(key: str) -> None:
    assert find_weakness(key)
    assert not find_weakness(secrets.token_hex(25))
    assert not find_weakness(secrets.token_urlsafe(38)[:50])


def test_a_folder_begun_by_an_older_version_is_closed_to_others(tmp_path: Path) -> None:
    base = tmp_path / "base"
    (base / "uploads").mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.write_text("not ours")
    outside.chmod(0o644)
    (base / "link").symlink_to(outside)
    for path in (base, base / "uploads"):
        path.chmod(0o755)
    (base / "uploads" / "a.txt").write_text("a")
    (base / "uploads" / "a.txt").chmod(0o664)
    assert close_data_folder(base) == 3
    assert [path.name for path in list_open(base)] == ["link"]
    assert outside.stat().st_mode & 0o777 == 0o644
    assert close_data_folder(base) == 0


@pytest.mark.parametrize(
    ("variables", "word"),
    [
        ({}, "CORPUS_SECRET_KEY"),
        ({"CORPUS_SECRET_KEY": "k" * 60}, "repeats itself"),
        ({"CORPUS_SECRET_KEY": LONG_KEY}, "CORPUS_ALLOWED_HOSTS"),
        ({"CORPUS_SECRET_KEY": LONG_KEY, "CORPUS_ALLOWED_HOSTS": "*"}, "CORPUS_ALLOWED_HOSTS"),
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
    assert list_open(tmp_path) == []
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
