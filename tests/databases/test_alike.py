"""SQLite and PostgreSQL hold the same values and answer alike: run on either, the same is asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management.color import no_style
from django.db import OperationalError, connection, transaction
from django.db.models import CharField, F, Max, Q, Value
from django.db.models.functions import Cast, Concat, Length, Substr
from django.db.transaction import TransactionManagementError
from hypothesis import given, strategies as st

from corpus_app.batches.models import Batch, BatchFile
from corpus_app.catalog.models import Speech, SpeechChange
from corpus_app.shown_tables import is_shown
from corpus_app.themes.models import Theme
from tests.thoroughness import draw

# One of each kind of order: figures, capitals, letters, an accent, Chinese by strokes and by sound.
WORDS = ["é", "一", "b", "丁", "Z", "a", "２", "阿", "_", "B", "10", "9", "𠀀", "ｂ", "%"]


def make(title: str = "题", **values: object) -> Speech:
    return Speech.objects.create(title=title, **values)


@pytest.mark.django_db
def test_texts_stand_in_the_order_of_their_characters() -> None:
    for word in WORDS:
        make(word)
    titles = Speech.objects.order_by("title").values_list("title", flat=True)
    assert list(titles) == sorted(WORDS)
    assert Speech.objects.aggregate(last=Max("title"))["last"] == max(WORDS)
    assert Speech.objects.filter(title__gt="Z").count() == sum(word > "Z" for word in WORDS)


@pytest.mark.django_db
def test_what_has_no_value_stands_first_and_turned_round_last() -> None:
    dated, dateless = make(date_start="2024-01-02"), make()
    rows = Speech.objects.all()
    assert list(rows.order_by("date_start")) == [dateless, dated]
    assert list(rows.order_by("-date_start")) == [dated, dateless]
    assert list(rows.order_by(F("current__created_at").desc(), "pk")) == [dated, dateless]
    assert list(rows.order_by(F("date_start").asc(nulls_last=True))) == [dated, dateless]
    assert list(rows.order_by("date_start").reverse()) == [dated, dateless]


@pytest.mark.django_db
def test_the_newest_change_is_found_in_an_index_and_not_by_sorting_the_log() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Of so few rows it would read all.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    log = SpeechChange.objects.exclude(number=None)
    for rows in (log.order_by("-number"), log.filter(number__gt=3).order_by("number")):
        plan = rows[:1].explain().upper()
        assert ("SORT" in plan, "TEMP B-TREE" in plan, "INDEX" in plan) == (False, False, True)
    SpeechChange.objects.bulk_create(SpeechChange(speech_id=1, number=n) for n in (2, None, 5, 3))
    ordered = SpeechChange.objects.order_by("number", "pk").values_list("number", flat=True)
    asked: tuple[tuple[Q, list[int | None]], ...] = (
        (Q(number__gt=2), [3, 5]),
        (~Q(number=None), [2, 3, 5]),
        (~Q(number=3), [None, 2, 5]),
        (~Q(number__gt=2), [None, 2]),
        (Q(number__gt=2) | Q(number=None), [None, 3, 5]),
        (~(Q(number=None) & Q(speech_id=2)), [None, 2, 3, 5]),
        (~Q(number__isnull=False), [None]),
        (~(Q(number=None) | Q(number=3)), [2, 5]),
    )
    for condition, expected in asked:
        assert list(ordered.filter(condition)) == expected, condition
        assert list(ordered.filter(condition).reverse()) == expected[::-1], condition


@pytest.mark.django_db
def test_capitals_of_latin_letters_alone_are_disregarded() -> None:
    make("APEC 会议 Éa ｂ")
    rows = Speech.objects.all()
    assert [rows.filter(title__icontains=w).count() for w in ("apec", "ÉA", "ｂ", "éa", "Ｂ")] == [
        *(1, 1, 1),
        *(0, 0),
    ]
    assert rows.filter(title__istartswith="apec 会").exists()
    assert rows.filter(title__iexact="apec 会议 Éa ｂ").exists()


@pytest.mark.django_db
def test_a_value_longer_or_larger_than_its_column_says_stays_whole() -> None:
    speech = make("长" * 3000, place="地" * 300)
    Theme.objects.create(slug="s" * 200, name="名" * 200, order=2**40)
    file = BatchFile.objects.create(
        batch=Batch.objects.create(), position=2**33, path="路" * 9000, size=2**41, attempts=70_000
    )
    for row in (speech, file):
        row.refresh_from_db()
    assert (len(speech.title), len(speech.place)) == (3000, 300)
    assert (file.position, file.attempts, len(file.path)) == (2**33, 70_000, 9000)
    assert Theme.objects.get(order=2**40).name == "名" * 200
    assert not Theme.objects.filter(order__gt=2**70).exists()


@pytest.mark.django_db
def test_parts_of_texts_are_cut_and_joined_in_the_database() -> None:
    make("大会上的讲话", place="青芜")
    cut = Substr("title", Length("place"), F("id") - F("id") + 2)
    joined = Concat("place", Value("的"), Cast("access", CharField()), "subtitle")
    rows = Speech.objects.annotate(cut=cut, joined=joined)
    assert rows.values_list("cut", "joined").get() == ("会上", "青芜的0")


@pytest.mark.django_db
def test_of_several_rows_that_come_at_once_each_stays_whole() -> None:
    long = "长" * 3000
    made = Speech.objects.bulk_create([Speech(title=long), Speech(title="a\0b"), Speech(title="")])
    assert [Speech.objects.get(pk=one.pk).title for one in made] == [long, "a\0b", ""]


@pytest.mark.django_db
def test_keys_of_json_stay_in_their_order_and_numbers_as_they_were_written() -> None:
    value = {"乙": 1, "a": {"z": 1.0, "b": [1e30, 10**20, "\0", "\ud800"]}, "": None}
    batch = Batch.objects.create()
    file = BatchFile.objects.create(batch=batch, position=1, path="a", size=0, columns=value)
    file.refresh_from_db()
    assert repr(file.columns) == repr(value)
    assert BatchFile.objects.filter(columns=value).exists()
    assert BatchFile.objects.distinct().count() == 1
    batch.files.update(columns={"乙": {"名": "题"}, "丙": 1})
    asked = BatchFile.objects.values_list("columns__乙__名", "columns__丙")
    assert list(asked.filter(columns__乙__名="题")) == [("题", 1)]


@pytest.mark.django_db
def test_a_key_of_json_is_found_whatever_else_stands_there() -> None:
    batch, other = (
        Batch.objects.create(),
        ["\0\0", "\\u0000", "\\\0", "\ud800", "\udc00x", "😀", "é"],
    )
    for number, columns in enumerate([{"名": "题", "余": other}, {"余": {"名": 1}}, None]):
        BatchFile.objects.create(batch=batch, position=number, path="", size=0, columns=columns)
    rows = batch.files.order_by("position")
    assert list(rows.values_list("columns__名", flat=True)) == ["题", None, None]
    asked = ({"columns__has_key": "名"}, {"columns__has_keys": ["名", "余"]}, {"columns__名": "题"})
    assert [rows.filter(**each).count() for each in asked] == [1, 1, 1]
    assert rows.filter(columns__has_any_keys=["名", "余"]).count() == 2
    assert rows.filter(columns__余__has_key="名").count() == 1
    assert rows.filter(columns__余__5="😀").count() == 1


@pytest.mark.django_db
@draw(20)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\U0010ffff")))
def test_every_text_comes_back_as_it_went_and_is_found_by_itself(text: str) -> None:
    with transaction.atomic():
        speech = make(f"{text}\0{text}")
        assert Speech.objects.values_list("title", flat=True).get() == f"{text}\0{text}"
        assert Speech.objects.filter(title=speech.title, pk=speech.pk).exists()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_row_can_be_held_whatever_is_joined_to_it() -> None:
    speech = make()
    with transaction.atomic():
        held = Speech.objects.select_for_update().select_related("current__upload", "speaker")
        assert held.get(pk=speech.pk) == speech
        assert held.filter(revisions=None).values_list("pk", flat=True).first() == speech.pk


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_no_row_is_held_where_no_transaction_holds_it() -> None:
    make()
    with pytest.raises(TransactionManagementError):
        Speech.objects.select_for_update().first()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_takes_no_writing_says_so_as_a_trouble_that_passes() -> None:
    how = {
        "sqlite": "PRAGMA query_only = ON",
        "postgresql": "SET default_transaction_read_only = on",
    }
    with connection.cursor() as cursor:
        cursor.execute(how[connection.vendor])
    try:
        with pytest.raises(OperationalError):
            make()
        assert not Speech.objects.exists()
    finally:
        connection.close()


@pytest.mark.django_db
def test_a_number_once_given_is_given_to_nothing_else() -> None:
    numbers = [make().pk for _ in range(3)]
    Speech.objects.filter(pk__in=numbers[1:]).delete()
    make(pk=numbers[0] + 50)
    for statement in connection.ops.sequence_reset_sql(no_style(), [Speech]):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    assert make().pk == numbers[0] + 51
    Speech.objects.all().delete()
    for statement in connection.ops.sequence_reset_sql(no_style(), [Speech]):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    assert make().pk > numbers[0] + 51


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_number_that_many_raise_at_once_counts_each_of_them() -> None:
    batch = Batch.objects.create()
    file = BatchFile.objects.create(batch=batch, position=1, path="a", size=0)

    def raise_it(_turn: int) -> None:
        with transaction.atomic():
            row = BatchFile.objects.get(pk=file.pk)
            row.attempts += 1
            row.save()
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(raise_it, range(24)))
    file.refresh_from_db()
    assert file.attempts == 24


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no triggers for it")
@pytest.mark.django_db
def test_every_table_that_readers_may_be_shown_draws_the_version() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'draw_%'")
        drawing = {row[0].strip('"') for row in cursor.fetchall()}
        tables = {t for t in connection.introspection.table_names(cursor) if t != "corpus_version"}
    assert drawing == {table for table in tables if is_shown(table)}
