"""What changed in the outline between two revisions, on the page and in words."""

import pytest

from corpus_app.catalog.models import Speech
from corpus_app.intake.revisions.outline.acts import indent, merge
from corpus_app.intake.revisions.outlining import revise_outline
from corpus_app.review.outline_desk import read_stored
from corpus_app.review.outline_difference import compare_outlines
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter

pytestmark = pytest.mark.django_db


def edit(act, index: int) -> Speech:  # type: ignore[no-untyped-def]
    speech = store(WORK_CONFERENCE)
    assert speech.current is not None
    heads = act(speech.current.text, read_stored(speech.current), index)
    revise_outline(speech, 1, heads)
    return speech


def tell(speech: Speech) -> list[tuple[str, int, str]]:
    old, new = (speech.revisions.get(number=number) for number in (1, 2))
    return [(c.kind, c.level, c.name) for c in compare_outlines(old, new)]


def test_a_merged_section_is_one_that_went() -> None:
    assert tell(edit(merge, 3)) == [("deleted", 2, "二是落实请示报告制度（要点）")]


def test_a_section_of_another_level_went_and_came() -> None:
    changes = tell(edit(indent, 4))
    assert ("deleted", 1, "二、发展全过程人民民主，用好代表家站（部分）") in changes
    assert ("added", 2, "二、发展全过程人民民主，用好代表家站（小节）") in changes


def test_the_pages_show_the_outlines_difference() -> None:
    speech = edit(merge, 3)
    client = enter("editor")
    assert "与第 1 版相比：提纲改动 1 行" in client.get(f"/intake/{speech.pk}/").content.decode()
    page = client.get(f"/intake/{speech.pk}/difference/?from=1&to=2").content.decode()
    assert "两版正文文字相同" in page
    assert "二是落实请示报告制度（要点）</del>" in page
    same = client.get(f"/intake/{speech.pk}/difference/?from=2&to=2").content.decode()
    assert "两版提纲相同" in same
