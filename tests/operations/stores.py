"""All that a data folder holds, read from outside, so that two of them can be compared."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.utils import load_backend

from corpus_app.database_url import describe_file
from tests.batches.processes import make_environment
from tests.places import ROOT

Rows = dict[str, list[tuple[Any, ...]]]
# What the index owes; a rebuilt one owes nothing.
SETTLED = {"intake_pendingindexing"}


def read_rows(database: Path) -> Rows:
    listed = "select name from sqlite_master where type='table' and name not like 'sqlite_%'"
    with closing(sqlite3.connect(database)) as opened:
        names = [name for (name,) in opened.execute(listed) if name not in SETTLED]
        return {name: sorted(opened.execute(f'select * from "{name}"'), key=repr) for name in names}


def read_models(alias: str) -> Rows:
    """Return the rows of each model's table in a database, whatever kind that is."""
    return {
        model._meta.db_table: sorted(
            models.QuerySet(model, using=alias).values_list(
                *(field.attname for field in model._meta.concrete_fields)
            ),
            key=repr,
        )
        for model in apps.get_models(include_auto_created=True)
    }


@contextmanager
def open_store(folder: Path) -> Iterator[str]:
    """Give the alias under which Django finds the file in a data folder."""
    alias = "opened"
    described = connections.databases["default"] | describe_file(folder)
    connections[alias] = load_backend(described["ENGINE"]).DatabaseWrapper(described, alias)
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]


def read_files(folder: Path) -> dict[str, str]:
    """Return the sha256 of every original and waiting file, by path."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for place in ("uploads", "staging")
        for path in (folder / place).rglob("*")
        if path.is_file()
    }


def ask(folder: Path, job: str, queries: list[str], **env: str) -> Any:
    """Do a job of tests.operations.asking on a data folder and return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.operations.asking", job],
        cwd=ROOT,
        env=make_environment(folder, **env),
        input=json.dumps(queries),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return json.loads(done.stdout.splitlines()[-1])


def manage(folder: Path, *arguments: str, fails: bool = False, **env: str) -> str:
    """Run a command on a data folder and return what it said; fails: it must exit with 1."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=make_environment(folder, **env),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == int(fails), done.stderr + done.stdout
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr
