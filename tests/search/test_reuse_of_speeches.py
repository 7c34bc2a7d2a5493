"""What is told of the passages that a speech shares: label, direction, places in both texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus_app.catalog.models import Kinship, Speech
from search import (
    LABELS,
    Label,
    LocatedReuse,
    ReusedPassage,
    compare_speeches,
    export_reuse,
    index_speeches,
    locate_in_draft,
    locate_in_speech,
    read_passages,
    rebuild_index,
)
from tests.search.factories import Part, make_speech
from tests.search.reusing import write

# Invented, and of more than 24 characters that are compared.
SAID = "柳浦镇把藕塘边的水渠一段一段修到地头，谁家的田缺水，代表就先到谁家门口去看。"
SHORT = "把藕塘边的水渠一段一段修到地头"
FORMULA = "让我们更加紧密地团结起来，把砚桥的事情一件一件办好。"


def speak(words: str, number: int, **fields: Any) -> Speech:
    """Return a speech with the words between two others that nobody else says."""
    around = write(60, 2 * number), write(60, 2 * number + 1)
    fields.setdefault("organisation", f"第{number}镇人大")
    return make_speech(f"第{number}篇", [Part("", f"{around[0]}\n{words}\n{around[1]}")], **fields)


def locate(speech: Speech) -> LocatedReuse:
    located = locate_in_speech(speech)
    assert located is not None
    return located


def read(speech: Speech) -> list[ReusedPassage]:
    located = locate(speech)
    return read_passages(located, located.list_rows())


def count_in_draft(text: str) -> int:
    return len(locate_in_draft(text).list_rows())


def list_labels(speech: Speech) -> list[tuple[int, Label, str]]:
    return [(one.source.speech_id, one.label, one.direction) for one in read(speech)]


@pytest.mark.django_db
class TestLabels:
    def test_a_borrowing_is_told_with_its_place_in_both_texts(self, index_folder: Path) -> None:
        old = speak(SAID, 1, date="2020-03-04")
        new = speak(SAID.replace("代表就先", "人大代表先"), 2, date="2022")
        rebuild_index()
        (one,) = read(new)
        assert (one.label, one.direction, one.source.speech_id) == ("borrowing", "from", old.pk)
        assert one.text.startswith("柳浦镇")
        assert "人大代表" in one.text
        assert old.current is not None
        assert old.current.text[one.other_start : one.other_end] == one.other_text
        assert one.section_key == "1"
        assert f"rev=1&hl={one.other_start}-" in one.address
        assert 0 < one.altered < 0.2
        assert list_labels(old) == [(new.pk, "borrowing", "to")]

    def test_twelve_characters_are_a_short_parallel_and_no_day_means_no_direction(
        self, index_folder: Path
    ) -> None:
        one, other = speak(SHORT, 1, date="2020"), speak(SHORT, 2)
        rebuild_index()
        assert list_labels(one) == [(other.pk, "short_parallel", "")]

    def test_the_same_day_means_no_direction_and_a_day_of_publication_is_no_proof(
        self, index_folder: Path
    ) -> None:
        one = speak(SAID, 1, date="2020-05-01")
        same = speak(SAID, 2, date="2020-05")
        late = speak(SAID, 3, date="2021-02-03")
        Speech.objects.filter(pk=late.pk).update(delivered="", published="2021-02-03")
        rebuild_index()
        assert list_labels(one) == [(same.pk, "borrowing", ""), (late.pk, "borrowing", "")]

    def test_what_five_sources_say_is_a_formula_and_no_pair(self, index_folder: Path) -> None:
        speeches = [speak(FORMULA, number, date=f"20{10 + number}") for number in range(1, 6)]
        rebuild_index()
        located = locate(speeches[0])
        assert not len(located.list_rows(LABELS))
        (stretch,) = located.list_formulas()
        assert stretch.text in FORMULA
        assert len(stretch.text) >= 20
        assert located.shares["formula"] > 0

    def test_what_one_body_says_in_a_year_is_one_source(self, index_folder: Path) -> None:
        speeches = [
            speak(FORMULA, number, date=f"2020-0{number}-01", organisation="砚桥镇人大")
            for number in range(1, 6)
        ]
        rebuild_index()
        assert not list(locate(speeches[0]).list_formulas())
        assert len(locate(speeches[0]).list_rows()) == 4

    def test_an_older_third_text_is_the_common_source(self, index_folder: Path) -> None:
        law, one, other = (speak(SAID, n, date=f"20{10 + n}") for n in (1, 2, 3))
        rebuild_index()
        labels = {one.source.speech_id: (one.label, one.common) for one in read(one)}
        assert labels == {
            law.pk: ("borrowing", None),
            other.pk: ("common_source", law.pk),
        }

    def test_a_version_of_the_same_speech_is_no_source_but_can_be_compared(
        self, index_folder: Path
    ) -> None:
        one, copy = (speak(SAID, n, date="2020-01-01", organisation="甲镇人大") for n in (1, 2))
        Speech.objects.filter(pk__in=[one.pk, copy.pk]).update(title="同一篇讲话")
        Kinship.objects.create(
            speech=one,
            other=copy,
            kind=Kinship.Kind.NEAR,
            share=1,
            other_share=1,
            decision=Kinship.Decision.BOTH,
        )
        rebuild_index()
        assert read(one) == []
        pair = compare_speeches(one, copy)
        assert pair is not None
        assert [each.label for each in pair.passages] == ["borrowing"]


@pytest.mark.django_db
class TestPairs:
    def test_what_stands_in_another_order_is_told_as_moved(self, index_folder: Path) -> None:
        first, second = write(60, 900), write(90, 901)
        one = make_speech("甲", [Part("", f"{first}\n{write(40, 902)}\n{second}")], date="2020")
        other = make_speech("乙", [Part("", f"{second}\n{write(40, 903)}\n{first}")], date="2021")
        rebuild_index()
        pair = compare_speeches(one, other)
        assert pair is not None
        assert [(each.text.strip(), each.moved) for each in pair.passages] == [
            (first, True),
            (second, False),
        ]

    def test_edits_at_every_few_characters_are_found(self, index_folder: Path) -> None:
        words = write(120, 904)
        edited = "".join(char if at % 7 else "改" for at, char in enumerate(words))
        one, other = speak(words, 1), speak(edited, 2)
        rebuild_index()
        assert not len(locate(one).list_rows())
        pair = compare_speeches(one, other)
        assert pair is not None
        assert sum(each.chars for each in pair.passages) > 100


@pytest.mark.django_db
class TestKeeping:
    def test_a_speech_is_found_once_it_is_indexed_and_gone_once_it_is_withdrawn(
        self, index_folder: Path
    ) -> None:
        one, other = speak(SAID, 1, date="2020"), speak(SAID, 2, date="2021")
        index_speeches([one.pk])
        assert count_in_draft(SAID) == 1
        index_speeches([other.pk])
        assert count_in_draft(SAID) == 2
        # At once, also where the index can't follow.
        Speech.objects.filter(pk=other.pk).update(status=Speech.Status.WITHDRAWN)
        assert read(one) == []
        index_speeches([other.pk])
        assert count_in_draft(SAID) == 1

    def test_an_older_version_of_a_draft_is_no_source(self, index_folder: Path) -> None:
        text = f"{SAID}\n{write(200, 7)}"
        speak(text, 1, date="2020")
        borrowed = speak(SAID, 2, date="2019")
        rebuild_index()
        located = locate_in_draft(text)
        found = read_passages(located, located.list_rows())
        assert [one.source.speech_id for one in found] == [borrowed.pk]
        assert len(located.own) == 1


@pytest.mark.django_db
def test_the_table_has_a_row_for_each_passage(index_folder: Path) -> None:
    one, other = speak(SAID, 1, date="2020"), speak(SAID, 2, date="2021")
    rebuild_index()
    sheet = export_reuse(locate(one), site="https://yanku.example")
    (row,) = sheet.rows
    cells = dict(zip(sheet.columns, row, strict=True))
    assert (sheet.total, cells["类别"], cells["先后"]) == (1, "借用", "此先彼后")
    assert (cells["讲话编号"], cells["单位"]) == (other.pk, "第2镇人大")
    assert str(cells["链接"]).startswith(f"https://yanku.example/speeches/{other.pk}/?")
    assert not list(export_reuse(locate(one), ("formula",)).rows)
