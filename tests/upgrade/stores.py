"""Stores of older releases: unpacked, read from outside, and worked on by today's commands."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

from corpus_app.catalog.packed import unpack_text

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {"CORPUS_MODE": "demo", "DJANGO_SETTINGS_MODULE": "corpus_app.settings"}

Rows = dict[str, list[dict[str, Any]]]


def unpack(store: Path, folder: Path) -> Path:
    """Return the folder with the store in it as its release left it."""
    with tarfile.open(store) as archive:
        archive.extractall(folder, filter="data")
    database = sqlite3.connect(folder / "corpus.sqlite3")
    database.executescript((folder / "store.sql").read_text(encoding="utf-8"))
    database.close()
    return folder


def read_told(folder: Path) -> dict[str, Any]:
    """Return what the store's maker says is in it."""
    told: dict[str, Any] = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    return told


def run(folder: Path, *arguments: str, given: str = "", may_fail: bool = False) -> str:
    """Run Python on the store's folder and return what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        # Not the settings of the tests, which work in a data folder of their own.
        env=os.environ | SETTINGS | {"CORPUS_DATA_DIR": str(folder)},
        input=given,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 or (may_fail and not done.stderr), done.stderr
    return done.stdout


def manage(folder: Path, *arguments: str, may_fail: bool = False) -> str:
    return run(folder, "manage.py", *arguments, may_fail=may_fail)


def check(folder: Path, *more: str) -> list[dict[str, Any]]:
    lines = manage(folder, "check_corpus", "--json", *more, may_fail=True).splitlines()
    return [json.loads(line) for line in lines]


def read_rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return all rows by their table."""
    database = sqlite3.connect(folder / "corpus.sqlite3")
    database.row_factory = sqlite3.Row
    names = "select name from sqlite_master where type='table' and name not like 'sqlite_%'"
    tables = [row["name"] for row in database.execute(names)]
    rows = {name: database.execute(f'select * from "{name}"').fetchall() for name in tables}
    database.close()
    return {name: [_unpack(dict(row)) for row in found] for name, found in rows.items()}


def _unpack(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its packed texts as they were before they were packed."""
    if isinstance(row.get("text"), bytes):
        row["text"] = unpack_text(row["text"])
    if isinstance(row.get("raw"), bytes):
        row["raw"] = unpack_text(row["raw"], row["text"])
    if isinstance(row.get("lines"), bytes):
        row["lines"] = json.dumps(json.loads(unpack_text(row["lines"])))
    return row


def list_lost(before: Rows, after: Rows, but: set[str]) -> Rows:
    """Return the rows that are not there as they were, by table; but: tables that may change."""
    lost = {}
    for table, rows in before.items():
        if not rows or table in but:
            continue
        names = list(rows[0])
        left = {tuple(row[name] for name in names) for row in after[table]}
        gone = [row for row in rows if tuple(row.values()) not in left]
        if gone:
            lost[table] = gone
    return lost
