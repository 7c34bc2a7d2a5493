"""A corpus goes from one database to another whole, or not at all."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import CommandError, call_command

from tests.batches.processes import make_environment, prepare_folder, wait_until
from tests.laws.statutes import NEW, OLD
from tests.operations.stores import manage, read_files
from tests.places import ROOT
from tests.settings import SERVER_URL
from tests.upgrade.stores import read_rows, unpack

STORE = ROOT / "tests/upgrade/store-0.2.0.dev.tar.gz"
# Laws, what users keep of drafts, rows for all other tables that are younger than the store, and a
# number that is given no more.
FILL = """
import sys
import django
django.setup()
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import models
from django.utils import timezone
from corpus_app.catalog.models import Speech
from corpus_app.proofreading.decisions import Decision
from corpus_app.proofreading.models import DismissedFinding
from corpus_app.proofreading.saved_drafts import DraftToSave, save_draft
call_command("load_laws", sys.argv[1])
owner, decided = User.objects.first(), Decision("slogan", 0, 2, None, "ignored")
text = "各位\\0代表：\\r\\n\\u3000\\U0001f600"
for file in (None, b"", bytes(range(256)) * 40):
    save_draft(owner, DraftToSave("稿", text, "", "", [decided], file))
for suggestion in (None, "", "改"):
    DismissedFinding.objects.create(owner=owner, kind="slogan", text="词", suggestion=suggestion)
Speech.objects.create(title="删去的").delete()
Speech.objects.filter(pk=Speech.objects.last().pk).update(subtitle="a\\0b\\u3000 ｃ")
VALUES = {
    models.DateTimeField: timezone.now(), models.DateField: timezone.now().date(),
    models.IntegerField: 2**40, models.FloatField: 0.1, models.BinaryField: b"\\0\\xff",
    models.JSONField: {"乙": 1, "甲": [1.0, None]}, models.CharField: "字", models.TextField: "字",
}
def make_up(field):
    if field.remote_field:
        return field.related_model._base_manager.values_list("pk", flat=True).first()
    return next(value for kind, value in VALUES.items() if isinstance(field, kind))
def is_joining(model):
    return bool(model._meta.auto_created)
def is_wanted(field):
    return not (field.null or field.has_default() or isinstance(field, models.AutoField))
# What joins two models comes behind both.
for model in sorted(apps.get_models(include_auto_created=True), key=is_joining):
    if not model._base_manager.exists():
        wanted = filter(is_wanted, model._meta.concrete_fields)
        model._base_manager.create(**{field.attname: make_up(field) for field in wanted})
"""
SAMPLE = sorted((ROOT / "fixtures/speeches").iterdir())[0]


def on_a_server(test: Callable[..., None]) -> Callable[..., None]:
    """Leave a test of a dozen processes to `make test-postgres`."""
    wanted = pytest.mark.skipif(not SERVER_URL, reason="no PostgreSQL here (make test-postgres)")
    return pytest.mark.slow(pytest.mark.server(wanted(test)))


@pytest.fixture
def server() -> Iterator[str]:
    """The address of an empty database of its own."""
    name = f"move_{uuid.uuid4().hex}"
    with psycopg.connect(SERVER_URL, autocommit=True) as connected:
        connected.execute(f"CREATE DATABASE {name}")
        yield urlsplit(SERVER_URL)._replace(path=f"/{name}").geturl()
        connected.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A data folder with rows in every table."""
    folder = unpack(STORE, tmp_path / "store")
    manage(folder, "bootstrap", "--no-samples")
    laws = tmp_path / "laws"
    laws.mkdir()
    for name, text in {"old.txt": OLD, "new.md": NEW}.items():
        (laws / name).write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(laws)],
        cwd=ROOT,
        env=make_environment(folder, DJANGO_SETTINGS_MODULE="corpus_app.settings"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    manage(folder, "check_corpus", "--repair")
    return folder


def set_title(folder: Path, title: str) -> None:
    with closing(sqlite3.connect(folder / "corpus.sqlite3")) as base, base:
        base.execute("UPDATE catalog_source SET name = ? WHERE id = 1", [title])


def read_sequences(folder: Path) -> dict[str, int]:
    with closing(sqlite3.connect(folder / "corpus.sqlite3")) as base:
        return dict(base.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0"))


def kill_in_the_middle(folder: Path, server: str) -> None:
    """Kill a move that has emptied its target and waits for the last table."""
    manage(folder, "migrate", CORPUS_DATABASE_URL=server)
    waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation::regclass::text = %s"
    with psycopg.connect(server) as held, psycopg.connect(server, autocommit=True) as looking:
        held.execute("LOCK TABLE django_migrations IN SHARE MODE")
        moving = subprocess.Popen(
            [sys.executable, "manage.py", "move_store", "--to", server],
            cwd=ROOT,
            env=make_environment(folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        table = ["django_migrations"]
        wait_until(lambda: looking.execute(waiting, table).fetchone(), 20, "it is in the middle")
        moving.send_signal(signal.SIGKILL)
        moving.wait()


@on_a_server
def test_it_goes_over_whole_or_not_at_all_and_comes_back_as_it_was(
    store: Path, server: str, tmp_path: Path
) -> None:
    before, back = read_rows(store), tmp_path / "back"
    assert [name for name, rows in before.items() if not rows] == []
    (source,) = (row["name"] for row in before["catalog_source"] if row["id"] == 1)
    # PostgreSQL would give it back as another character: nothing is moved, and that is said.
    set_title(store, "\U0010ffff")
    said = manage(store, "move_store", "--to", server, fails=True)
    assert "catalog_source 读回来与原来不同，没有移动" in said
    set_title(store, source)
    kill_in_the_middle(store, server)
    said = manage(store, "move_store", "--to", server)
    assert "核对完毕：数据库、原始文件与索引一致。" in said
    assert "没有移动" in manage(store, "move_store", "--to", server, fails=True)
    (store / "corpus.sqlite3").unlink()
    manage(
        store, "move_store", "--to", f"sqlite://{back}/corpus.sqlite3", CORPUS_DATABASE_URL=server
    )
    after = read_rows(back)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    assert after.keys() == before.keys()
    assert read_files(back) == read_files(store)
    assert read_sequences(back) == read_sequences_of(before, back)


def read_sequences_of(rows: dict[str, list[dict[str, object]]], folder: Path) -> dict[str, int]:
    """Return the last numbers of the tables, that of the deleted speech among them."""
    found = read_sequences(folder)
    speeches = max(int(str(row["id"])) for row in rows["catalog_speech"])
    return {**found, "catalog_speech": speeches + 1}


@on_a_server
def test_a_backup_of_a_file_is_restored_on_a_server_and_the_other_way_round(
    server: str, tmp_path: Path
) -> None:
    here, there, back = (tmp_path / name for name in ("here", "there", "back"))
    prepare_folder(here)
    manage(here, "import_speeches", str(SAMPLE))
    manage(here, "backup", str(tmp_path / "file.zip"))
    restore = ("restore", str(tmp_path / "file.zip"), "--into")
    said = manage(here, *restore, str(there), CORPUS_DATABASE_URL=server)
    assert "核对完毕：数据库、原始文件与索引一致。" in said
    # The rows lie in the server alone, and a second time they would not be its first.
    assert not list(there.glob("corpus.sqlite3*"))
    assert "没有" in manage(here, *restore, str(back), fails=True, CORPUS_DATABASE_URL=server)
    manage(there, "backup", str(tmp_path / "server.zip"), CORPUS_DATABASE_URL=server)
    manage(here, "restore", str(tmp_path / "server.zip"), "--into", str(back))
    assert read_rows(back) == read_rows(here)
    assert read_files(back) == read_files(here)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("mysql://a@b/c", "CORPUS_DATABASE_URL 写得不对"),
        ("postgresql://a@127.0.0.1:9/b", "连不上数据库"),
        ("sqlite:////tmp/other.sqlite3", "只能是 corpus.sqlite3"),
        ("sqlite", "已经存在，没有移动"),
    ],
)
def test_a_target_that_cannot_be_one_is_refused_with_the_reason(
    target: str, reason: str, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / "corpus.sqlite3").touch()
    with pytest.raises(CommandError, match=reason):
        call_command("move_store", to=target)
