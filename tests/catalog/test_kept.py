"""What is kept is what would be worked out anew: after every change, for everyone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import connection, transaction

from corpus_app.accounts.models import Session
from corpus_app.catalog.bounded_cache import BoundedCache
from corpus_app.catalog.kept import keep_answers, read_corpus_version
from corpus_app.catalog.models import Speech
from corpus_app.sqlite.versions import VersionCursor, is_seen

calls: list[int] = []


@keep_answers
def count_titles(length: int) -> int:
    calls.append(length)
    return sum(len(title) >= length for title in Speech.objects.values_list("title", flat=True))


@pytest.mark.django_db
def test_it_is_worked_out_once_for_each_state_of_the_corpus() -> None:
    calls.clear()
    found = [count_titles(1), count_titles(1), count_titles(2)]
    Speech.objects.create(title="一")
    found += [count_titles(1), count_titles(1)]
    Speech.objects.bulk_create([Speech(title="二二"), Speech(title="三三")])
    found += [count_titles(2)]
    Speech.objects.update(title="四")
    found += [count_titles(2)]
    Speech.objects.all().delete()
    assert [*found, count_titles(1)] == [0, 0, 0, 1, 1, 2, 0, 0]
    assert calls == [1, 2, 1, 2, 2, 1]


@pytest.mark.django_db
def test_a_change_undone_brings_back_what_was_kept() -> None:
    before, version = count_titles(1), read_corpus_version()
    with transaction.atomic():
        Speech.objects.create(title="一")
        assert count_titles(1) == before + 1
        transaction.set_rollback(True)
    assert (count_titles(1), read_corpus_version()) == (before, version)


@pytest.mark.django_db
def test_what_no_page_shows_changes_no_version() -> None:
    version = read_corpus_version()
    Session.objects.filter(pk="nobody").delete()
    Session.objects.update(browser="测试")
    assert list(Speech.objects.all()) == []
    assert read_corpus_version() == version


@pytest.mark.parametrize(
    ("statement", "seen"),
    [
        ('INSERT INTO "catalog_speech" ("title") VALUES (%s)', True),
        ("insert or ignore into themes_theme values (1)", True),
        ('  UPDATE "slogans_slogan" SET "text" = %s', True),
        ('DELETE FROM "auth_user_groups" WHERE 1', True),
        ("REPLACE INTO a_table_of_tomorrow VALUES (1)", True),
        ('UPDATE "auth_user" SET "last_login" = %s', False),
        ('INSERT INTO "accounts_session" VALUES (%s)', False),
        ('UPDATE "batches_batch" SET "state" = %s', False),
        ('INSERT INTO "proofreading_saveddraft" VALUES (%s)', False),
        ('SELECT "update" FROM "catalog_speech"', False),
    ],
)
def test_all_that_is_not_known_to_stay_unseen_counts_as_seen(statement: str, seen: bool) -> None:
    assert is_seen(statement) is seen


@pytest.mark.parametrize("returning", ["", " RETURNING a"])
def test_outside_a_transaction_change_and_version_come_together(
    tmp_path: Path, returning: str
) -> None:
    mine, other = (sqlite3.connect(tmp_path / "a.db", isolation_level=None) for _ in range(2))
    mine.execute("CREATE TABLE t (a)")
    seen: list[tuple[int, int]] = []

    def look() -> None:
        (count,) = other.execute("SELECT count(*) FROM t").fetchone()
        (version,) = other.execute("PRAGMA user_version").fetchone()
        seen.append((count, version))

    mine.set_trace_callback(lambda _statement: look())
    cursor = mine.cursor(factory=VersionCursor)
    cursor.execute(f"INSERT INTO t VALUES (1){returning}")
    cursor.fetchall()
    mine.set_trace_callback(None)
    look()
    assert {count for count, version in seen if version == 0} == {0}
    assert seen[-1][0] == 1
    assert seen[-1][1] != 0


@pytest.mark.django_db
def test_a_statement_that_fails_leaves_no_transaction_open() -> None:
    raw = sqlite3.connect(":memory:", isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        raw.cursor(factory=VersionCursor).execute("INSERT INTO nowhere VALUES (1)")
    assert not raw.in_transaction
    assert connection.read_version() == read_corpus_version()  # type: ignore[attr-defined]


def test_it_holds_no_more_than_its_weight_and_lets_go_of_what_was_used_longest_ago() -> None:
    cache = BoundedCache(10, len)
    for word in ("four", "five", "six"):
        cache.keep(word, word)
        cache.find("four")
    assert [cache.find(word) for word in ("four", "five", "six")] == ["four", None, "six"]
    assert cache.held == 7
