"""Two texts side by side."""

import pytest

from corpus_app.catalog.models import Revision
from corpus_app.review.comparison import ComparedSpan, ComparisonRow, compare_revisions
from tests.catalog.speeches import TRAINING, store
from tests.intake.text_reuse.texts import COPY, DIGEST, FULL

pytestmark = pytest.mark.django_db


def keep(text: str, name: str) -> Revision:
    current = store(text, name).current
    assert current is not None
    return current


def join(parts: list[list[ComparedSpan]]) -> str:
    return "".join(piece.text for part in parts for piece in part)


def list_rows(left: Revision, right: Revision) -> list[ComparisonRow]:
    return [row for fold in compare_revisions(left, right).folds for row in fold.rows]


@pytest.mark.parametrize("other", [COPY, DIGEST, TRAINING])
def test_every_character_of_both_texts_is_shown_in_order(other: str) -> None:
    left, right = keep(FULL, "a.txt"), keep(other, "b.txt")
    rows = list_rows(left, right)
    for side, revision in (("left", left), ("right", right)):
        shown = "".join(join(getattr(row, side)) for row in rows)
        assert "".join(shown.split()) == "".join(revision.text.split())


def test_what_only_one_has_stands_alone_and_the_gap_is_shown() -> None:
    left, right = keep(COPY, "a.txt"), keep(FULL, "b.txt")
    rows = list_rows(left, right)
    alone = [row for row in rows if row.side == "right"]
    # All of a hidden paragraph is marked, though the next one begins with the same words.
    assert [p.same for p in alone[0].right[0]] == [False]
    assert join(alone[0].right).startswith("二是落实请示报告制度")
    assert any("办好代表家站" in join(row.right) for row in alone)
    gaps = [p.gap for p in alone[0].left[0]]
    assert [gap.hidden_chars for gap in gaps if gap] == [241]
    assert not [p.gap for row in rows if row.side == "both" for p in row.left[0] if p.gap]


def test_like_paragraphs_stand_beside_one_another_with_what_differs() -> None:
    changed = FULL.replace("每月开放两天", "每月开放三天")
    rows = list_rows(keep(FULL, "a.txt"), keep(changed, "b.txt"))
    (differing,) = [row for row in rows if not row.is_same]
    assert differing.side == "both"
    assert [p.text for part in differing.left for p in part if not p.same] == ["两"]
    assert [p.text for part in differing.right for p in part if not p.same] == ["三"]


def test_long_runs_of_the_same_are_folded_and_shares_counted() -> None:
    page = compare_revisions(keep(COPY, "a.txt"), keep(FULL, "b.txt"))
    assert any(fold.is_folded for fold in page.folds)
    assert page.left_share > 95
    assert page.right_share < 80


def test_strangers_share_little() -> None:
    page = compare_revisions(keep(FULL, "a.txt"), keep(TRAINING, "b.txt"))
    assert page.left_share < 40
