"""Nothing starts on a store that is newer or half made, and each says the way out."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from corpus_app.catalog.store_state import UNFINISHED
from tests.batches.processes import find_free_port, make_environment, prepare_folder
from tests.operations.stores import manage
from tests.places import ROOT

HARMS = {
    "更新版本": "insert into django_migrations values (9999, 'batches', '9999_more', '2030')",
    "只做了一半": "alter table batches_batchfile drop column columns",
    "没有完成的恢复": "",
}


@pytest.mark.slow
@pytest.mark.parametrize("words", HARMS)
def test_neither_server_nor_bootstrap_nor_worker_starts(words: str, tmp_path: Path) -> None:
    folder = tmp_path / "var"
    prepare_folder(folder)
    with closing(sqlite3.connect(folder / "corpus.sqlite3")) as opened, opened:
        opened.execute(HARMS[words] or "select 1")
    if not HARMS[words]:
        (folder / UNFINISHED).touch()
    before = (folder / "corpus.sqlite3").read_bytes()
    for command in ("bootstrap", "run_worker"):
        said = manage(folder, command, fails=True)
        assert words in said
        assert "manage.py restore" in said
    started = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "corpus_app.wsgi"],
        cwd=ROOT,
        env=make_environment(folder, PORT=str(find_free_port())),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert started.returncode == 1
    assert words in started.stderr
    assert "Traceback" not in started.stderr
    assert (folder / "corpus.sqlite3").read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize("words", HARMS)
def test_the_way_out_that_is_named_leads_out(words: str, tmp_path: Path) -> None:
    folder, backup, other = tmp_path / "var", tmp_path / "backup.zip", tmp_path / "other"
    prepare_folder(folder)
    manage(folder, "backup", str(backup))
    with closing(sqlite3.connect(folder / "corpus.sqlite3")) as opened, opened:
        opened.execute(HARMS[words] or "select 1")
    if not HARMS[words]:
        (folder / UNFINISHED).touch()
    said = manage(folder, "bootstrap", fails=True)
    if "清空这个目录" in said:
        shutil.rmtree(folder)
        manage(folder, "restore", str(backup))
    else:
        assert "manage.py restore 备份文件 --into 新目录" in said
        manage(folder, "restore", str(backup), "--into", str(other))
        folder = other
    manage(folder, "bootstrap", "--no-samples")
