"""Raw and clean text in rows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.spans import trace_text
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.quality.traces import DOUBTFUL
from corpus_app.intake.revisions.decisions import read_removed
from corpus_app.review.alignment import LONG, AlignmentRow, align
from tests.ingest.invariants import squeeze
from tests.ingest.test_recomposing import FILES
from tests.intake.people import enter
from tests.intake.scraped import CALL, NOTICE, SCRAPED, current, find, store_scraped, take
from tests.intake.unclear_heads import TITLE, store_unread
from tests.thoroughness import spare

pytestmark = pytest.mark.django_db


def read_raw(row: AlignmentRow) -> str:
    return "".join(piece.text for piece in row.raw)


def read_kept(row: AlignmentRow) -> str:
    return "".join(piece.text for piece in row.raw if piece.span is None)


def read_clean(row: AlignmentRow) -> str:
    return "".join(piece.text for piece in row.clean)


def check_rows(revision: Revision) -> list[AlignmentRow]:
    """Assert that both columns are whole, in order, and say the same in each row."""
    rows = align(revision)
    assert squeeze("".join(map(read_raw, rows))) == squeeze(revision.raw)
    assert squeeze("".join(map(read_clean, rows))) == squeeze(revision.text)
    signs = raw_signs = 0
    for row in rows:
        assert row.sign == signs
        assert squeeze(read_kept(row)) == squeeze(read_clean(row))
        signs += len(squeeze(read_clean(row)))
        assert row.raw_sign == raw_signs
        raw_signs += len(squeeze(read_raw(row)))
    spans = [piece.span.value for row in rows for piece in row.raw if piece.span]
    assert spans == [f"{span['start']}-{span['end']}" for span in revision.removed]
    return rows


@pytest.mark.parametrize("path", spare(FILES, *FILES[::5]))
def test_both_columns_are_whole_and_each_row_says_the_same_in_both(path: Path) -> None:
    import_bytes(path.read_bytes(), path.name)
    speech = Speech.objects.get()
    revision = current(speech)
    rows = check_rows(revision)
    gaps = [piece.gap for row in rows for piece in row.clean if piece.gap]
    assert gaps == list(revision.gaps.all())
    sections = [piece.section for row in rows for piece in row.clean if piece.section]
    assert sections == list(revision.sections.order_by("position"))


def test_a_gap_stands_beside_the_notice_that_left_it() -> None:
    rows = check_rows(current(store_scraped()))
    row = next(row for row in rows if any(piece.gap for piece in row.clean))
    assert not row.is_text
    assert read_raw(row) == NOTICE


def test_removed_text_between_paragraphs_has_a_row_of_its_own() -> None:
    rows = check_rows(current(store_scraped()))
    assert not rows[0].is_text
    assert "首页" in read_raw(rows[0])
    assert rows[0].sign == 0


def test_a_long_stretch_of_removed_text_is_folded_until_part_of_it_is_restored() -> None:
    links = "\n".join(f"上一篇：某地某会议上的讲话之第{n}篇" for n in range(30))
    speech = store_scraped(SCRAPED + "\n相关阅读\n" + links + "\n")
    revision = current(speech)
    folded = [row for row in align(revision) if row.is_folded]
    assert folded
    assert all(row.size > LONG and not row.is_text for row in folded)
    span = revision.removed[-1]
    again = align(revision, [(span["start"], span["end"])])
    assert sum(row.is_folded for row in again) == len(folded) - 1


def test_a_text_that_is_not_of_its_raw_is_one_row() -> None:
    revision = current(store_scraped())
    raw, revision.text = revision.raw, "别的话。"
    revision.raw = raw
    rows = align(revision)
    assert len(rows) == 1
    assert read_clean(rows[0]) == "别的话。"


def test_a_span_named_by_its_value_is_the_removed_one() -> None:
    revision = current(store_scraped())
    places = trace_text(revision.raw, read_removed(revision.removed), revision.text)
    span = take(revision.raw, CALL)
    start, end = places.inverse.find_span(span.start, span.end)
    assert revision.text[start:end] == CALL


def test_blank_lines_between_removed_spans_are_shown_as_one_break() -> None:
    spread = SCRAPED.replace("首页 > 讲话 > 正文\n", "首页 > 讲话 > 正文\n\n \n\n\n")
    rows = check_rows(current(store_scraped(spread)))
    assert "\n\n" not in read_raw(rows[0])
    assert "\n" in read_raw(rows[0])


def test_the_lines_of_the_head_stand_open_beside_a_long_folded_row() -> None:
    links = "\n".join(f"上一篇：某地某会议上的讲话之第{n}篇" for n in range(30))
    revision = current(store_scraped(f"相关阅读\n{links}\n{SCRAPED}"))
    rows = check_rows(revision)
    head = [row for row in rows if any(p.span and p.span.kind == "title" for p in row.raw)]
    assert head
    assert not any(row.is_folded for row in head)
    assert all("上一篇" not in read_raw(row) for row in head)


def test_lines_that_nobody_understood_are_marked_where_they_stand() -> None:
    speech = store_unread()
    revision = current(speech)
    start, end = find(revision.raw, TITLE)
    marked = [row for row in align(revision, (), [(start, end)]) if row.unread]
    assert [read_raw(row) for row in marked] == [TITLE]


def test_characters_in_doubt_are_marked_where_they_stand_each_once() -> None:
    first = "一、抓学习\n要认真贯彻近平总书记重要讲话精神。\n"
    text = f"在工作会议上的讲话\n\n同志们：\n{first}二、抓监督\n要办实。\n"
    import_bytes(text.encode(), "a.txt", draft=True)
    revision = current(Speech.objects.get())
    slip = revision.slips[0]
    spans = [(0, 2), (1, 3), (slip["start"], slip["start"] + 1)]
    spans += [(at := revision.text.index("办实"), at + 1)]
    # One that reaches over the start of a section is cut by it.
    spans += [(at := revision.text.index("二、") - 2, at + 4)]
    revision.notices += [
        {"code": DOUBTFUL, "message": f"识别存疑 {number}", "start": start, "end": end}
        for number, (start, end) in enumerate(spans)
    ]
    revision.notices.append({"code": DOUBTFUL, "message": "另有", "start": None, "end": None})
    rows = check_rows(revision)
    marks = [piece for row in rows for piece in row.clean if piece.doubt]
    assert [(piece.text, piece.doubt) for piece in marks] == [
        (revision.text[:2], "识别存疑 0"),
        ("办", "识别存疑 3"),
    ]
    revision.save()
    page = enter("editor").get(f"/intake/{revision.speech_id}/").content.decode()
    assert re.search(r'<span class="doubt-mark"\s+title="识别存疑 3">办</span', page)
