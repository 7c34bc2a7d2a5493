"""Texts are kept packed, and come back as they were or not at all."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given, strategies as st

from corpus_app.catalog.models import Revision
from corpus_app.catalog.packed import BrokenPackingError, pack_text, unpack_text
from corpus_app.intake.models import SitePage
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.thoroughness import draw

TEXTS = st.text(st.characters(), max_size=200)


@draw(40)
@given(TEXTS, st.none() | TEXTS)
def test_a_text_comes_back_as_it_was(text: str, base: str | None) -> None:
    assert unpack_text(pack_text(text, base), base) == text


def test_halves_of_surrogates_come_back() -> None:
    packed = pack_text("代\ud800表", "代\udfff表")
    assert unpack_text(packed, "代\udfff表") == "代\ud800表"


def test_what_is_equal_in_both_costs_next_to_nothing() -> None:
    text = "".join(chr(0x4E00 + number * 7 % 9000) for number in range(5000))
    packed = pack_text(text[:2000] + "（某站转载）" + text[2000:], text)
    assert len(packed) < 200 < len(pack_text(text))


def test_another_base_is_an_error_and_no_other_text() -> None:
    base = "各位代表，同志们：这里是甲的讲话。" * 20
    packed = pack_text(base + "乙", base)
    with pytest.raises(BrokenPackingError):
        unpack_text(packed, base.replace("甲", "丙"))
    with pytest.raises(BrokenPackingError):
        unpack_text(packed[:-2], base)


@pytest.mark.django_db
def test_a_revision_is_stored_packed_and_read_as_text() -> None:
    speech = store(WORK_CONFERENCE)
    revision = Revision.objects.get(pk=speech.current_id)
    stored = Revision.objects.values_list("raw", flat=True).get(pk=revision.pk)
    assert isinstance(bytes(stored), bytes)
    assert len(bytes(stored)) < len(revision.raw.encode()) / 3
    for rows in (Revision.objects.only("raw"), Revision.objects.defer("raw", "text")):
        assert rows.get(pk=revision.pk).raw == revision.raw
    again = Revision.objects.get(pk=revision.pk)
    again.save()
    assert Revision.objects.get(pk=revision.pk).raw == revision.raw
    Revision.objects.filter(pk=revision.pk).update(raw="别的原文")
    assert Revision.objects.get(pk=revision.pk).raw == "别的原文"


@pytest.mark.django_db
def test_a_text_is_stored_packed_and_values_give_it_as_it_is() -> None:
    revision = Revision.objects.get(pk=store(WORK_CONFERENCE).current_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM catalog_revision")
        stored = bytes(cursor.fetchone()[0])
    assert len(stored) < len(revision.text.encode()) / 1.5
    assert unpack_text(stored) == revision.text
    assert Revision.objects.values_list("text", flat=True).get() == revision.text
    Revision.objects.update(text="别的话。")
    assert Revision.objects.get().text == "别的话。"


@pytest.mark.django_db
def test_lines_of_a_page_are_a_list_and_an_empty_one_is_null() -> None:
    SitePage.objects.create(sha256="a" * 64, lines=["溪北新闻港湾", "打印"])
    SitePage.objects.create(sha256="b" * 64)
    assert SitePage.objects.exclude(lines=None).get().lines == ["溪北新闻港湾", "打印"]
    assert SitePage.objects.filter(lines=None).get().lines == []
