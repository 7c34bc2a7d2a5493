"""Two speeches sentence by sentence, for programs."""

from __future__ import annotations

import pytest

from tests.api.conftest import Ask
from tests.research.yearly_reports import MOVED, make_reports

pytestmark = pytest.mark.django_db


def test_pages_join_to_all_rows_and_every_offset_holds(ask: Ask, index_folder: object) -> None:
    older, newer = make_reports()
    pair = {"speech": older.pk, "other": newer.pk}
    whole = ask("/compare", **pair)
    assert whole["total"] == len(whole["items"]) == sum(whole["counts"].values())
    for side, speech in (("first", older), ("second", newer)):
        assert speech.current
        assert whole[side]["speech"] == speech.pk
        for row in whole["items"]:
            if row[side]:
                words = speech.current.text[row[side]["start"] : row[side]["end"]]
                assert words == row[side]["text"]
    moved = ask("/compare", **pair, kind="moved")["items"]
    assert [row for row in whole["items"] if row["kind"] == "moved"] == moved
    assert MOVED in [row["second"]["text"] for row in moved]
    number = whole["numbers"][0]
    assert (number["first_value"], number["second_value"], number["growth"]) == (12, 15, 0.25)
    assert any(task["matches"] for task in whole["tasks"])
    assert whole["parts"][0]["first_name"] == "一、2022年工作回顾"
    page = ask("/compare", **pair, limit=2)
    rest = ask("/compare", **pair, limit=100, cursor=page["next_cursor"])
    assert page["items"] + rest["items"] == whole["items"]
    assert rest["numbers"] == rest["tasks"] == []
    assert ask("/compare", 404, speech=older.pk, other=older.pk)["code"] == "missing"
    assert ask("/compare", 422, speech=older.pk)["errors"][0]["parameter"] == "other"
