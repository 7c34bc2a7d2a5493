"""Filling the gap of one speech from another."""

import pytest

from corpus_app.catalog.models import Kinship, Revision, Speech, SpeechAlias, Upload
from corpus_app.catalog.relocation import resolve_alias
from corpus_app.intake.checking.outline import find_outline_faults, is_traceable
from corpus_app.intake.revisions.filling.merging import fill_gaps, plan_filling
from corpus_app.intake.revisions.joining import JoiningError, part
from tests.catalog.speeches import TRAINING, store
from tests.intake.text_reuse.texts import COPY, FULL, HIDDEN_WORDS

pytestmark = pytest.mark.django_db


def squeeze(text: str) -> str:
    return "".join(text.split())


def read_text(speech: Speech) -> str:
    assert speech.current is not None
    return speech.current.text


def pair(copy: str = COPY, full: str = FULL) -> tuple[Speech, Speech]:
    return store(copy, "copy.txt"), store(full, "full.txt")


def test_the_hidden_words_come_back_and_nothing_else_changes() -> None:
    copy, full = pair()
    whole = read_text(full)
    joining = fill_gaps(copy, full)
    merged = Speech.objects.get(pk=joining.speech_id)
    assert read_text(merged) == whole
    assert merged.current is not None
    assert merged.current.origin == Revision.Origin.MERGED
    assert merged.completeness == "complete"
    assert not merged.current.gaps.exists()
    assert is_traceable(merged.current)
    assert list(find_outline_faults(merged.current)) == []


def test_each_stretch_keeps_its_origin() -> None:
    copy, full = pair()
    base, donor = copy.current_id, full.current_id
    merged = fill_gaps(copy, full).speech
    assert merged.current is not None
    text, origins = merged.current.text, merged.current.origins
    assert [origin["revision"] for origin in origins] == [base, donor, base]
    filled = text[origins[1]["start"] : origins[1]["end"]]
    assert squeeze(filled) == squeeze(HIDDEN_WORDS)
    assert squeeze("".join(text[o["start"] : o["end"]] for o in origins)) == squeeze(text)


def test_both_files_stay_and_the_address_that_goes_leads_on() -> None:
    copy, full = pair()
    fill_gaps(copy, full)
    assert Speech.objects.count() == 1
    assert Upload.objects.count() == 2
    kept = Speech.objects.get()
    gone = ({copy.pk, full.pk} - {kept.pk}).pop()
    assert resolve_alias(gone) == kept.pk
    assert kept.revisions.count() == 3


def test_what_readers_know_keeps_its_address() -> None:
    full = store(FULL, "full.txt")
    copy = store(COPY, "copy.txt")
    assert (full.status, copy.status) == ("published", "draft")
    kept = fill_gaps(copy, full).speech
    assert kept.pk == full.pk
    assert kept.status == "published"


def test_parting_gives_both_back_as_they_were() -> None:
    copy, full = pair()
    texts = read_text(copy), read_text(full)
    before = list(Speech.objects.order_by("pk").values("pk", "title", "status", "completeness"))
    part(fill_gaps(copy, full))
    after = list(Speech.objects.order_by("pk").values("pk", "title", "status", "completeness"))
    assert after == before
    copy, full = Speech.objects.get(pk=copy.pk), Speech.objects.get(pk=full.pk)
    assert (read_text(copy), read_text(full)) == texts
    assert not SpeechAlias.objects.exists()
    assert Kinship.objects.count() == 1


def test_a_sentence_cut_in_two_is_one_again() -> None:
    copy = FULL.replace(
        "代表轮流坐班，面对面听取意见。\n二是办好民生实事。要坚持“民有所呼",
        "代表轮\n---此处隐藏25字,下载后查看---\n民有所呼",
    )
    assert copy != FULL
    copy_speech, full = pair(copy)
    whole = read_text(full)
    plan = plan_filling(copy_speech.current, full.current)  # type: ignore[arg-type]
    assert plan.draft is not None
    assert plan.draft.text == whole


def test_a_missing_end_is_filled_too() -> None:
    end = FULL.index("二是提高能力")
    copy, full = pair(FULL[:end] + "---此处隐藏90字,下载后查看---\n")
    assert copy.completeness == "truncated"
    whole = read_text(full)
    merged = fill_gaps(copy, full).speech
    assert read_text(merged) == whole
    assert merged.completeness == "complete"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("凡属重大", "凡是关系全局的重大"), None),
        (
            ("每月集中学习一次，做到学深悟透，把学习成果转化为履职本领", "每周读书"),
            "before_differs",
        ),
        (("会调研、会监督、会做群众工作", "样样都会"), "behind_differs"),
    ],
)
def test_a_gap_is_left_where_the_words_around_it_differ(
    change: tuple[str, str], reason: str | None
) -> None:
    start = FULL.index("二是落实请示报告制度")
    end = FULL.index("会调研、会监督")
    copy = FULL[:start] + "---此处隐藏300字,下载后查看---\n" + FULL[end:]
    speech, full = pair(copy, FULL.replace(*change))
    plan = plan_filling(speech.current, full.current)  # type: ignore[arg-type]
    unfilled = plan.answers[0].unfilled
    assert (unfilled.reason.value if unfilled else None) == reason
    if reason:
        with pytest.raises(JoiningError):
            fill_gaps(speech, full)
        assert Speech.objects.count() == 2


def test_two_copies_with_different_gaps_fill_one_another() -> None:
    start, end = FULL.index("一是加强理论学习"), FULL.index("二、发展")
    other = FULL[:start] + "---此处隐藏99字,下载后查看---\n" + FULL[end:]
    copy = FULL.replace(
        FULL[FULL.index("一是办好代表家站") : FULL.index("三、加强")],
        "---此处隐藏99字,下载后查看---\n",
    )
    first, second = pair(copy, other)
    merged = fill_gaps(first, second).speech
    assert squeeze(read_text(merged)) == squeeze(read_text(store(FULL, "f.txt")))


def test_a_stranger_fills_nothing() -> None:
    copy, other = pair(COPY, TRAINING)
    plan = plan_filling(copy.current, other.current)  # type: ignore[arg-type]
    assert plan.draft is None
    assert plan.filled == 0


@pytest.mark.parametrize(("stated", "off"), [("241", False), ("300", False), ("4864", True)])
def test_far_fewer_words_than_the_source_says_it_hides_are_told(stated: str, off: bool) -> None:
    copy, full = pair(COPY.replace("241", stated))
    plan = plan_filling(copy.current, full.current)  # type: ignore[arg-type]
    assert [answer.is_off for answer in plan.answers] == [off]


@pytest.mark.parametrize(
    ("first", "behind"),
    [
        ("一是办好代表家站", "二是办好民生实事"),
        ("二是落实请示报告", "二、发展"),
        ("一是改进作风", "二是提高能力"),
    ],
)
def test_where_the_other_text_hides_a_part_too_that_part_stays_missing(
    first: str, behind: str
) -> None:
    start, end = FULL.index(first), FULL.index(behind)
    other = FULL[:start] + "---此处隐藏35字,下载后查看---\n" + FULL[end:]
    copy, full = pair(COPY, other)
    plan = plan_filling(copy.current, full.current)  # type: ignore[arg-type]
    assert [answer.is_partial for answer in plan.answers] == [True]
    merged = fill_gaps(copy, full).speech
    assert merged.current is not None
    assert squeeze(read_text(merged)) == squeeze(read_text(full))
    assert merged.completeness == "gapped"
    (gap,) = merged.current.gaps.all()
    # Behind the words before it, and before those behind it.
    assert squeeze(FULL[:start]).endswith(squeeze(read_text(merged)[: gap.offset])[-20:])
    assert is_traceable(merged.current)


def test_a_missing_end_is_not_filled_with_words_that_hide_a_gap() -> None:
    start, end = FULL.index("二是提高能力"), FULL.index("同志们，做好")
    copy = FULL[: FULL.index("一是改进作风")] + "一是改进作风。调查研究要下到村组，不打招呼、不走过"
    other = FULL[:start] + "---此处隐藏35字,下载后查看---\n" + FULL[end:]
    speech, full = pair(copy, other)
    assert [gap.kind for gap in speech.current.gaps.all()] == ["truncated"]  # type: ignore[union-attr]
    plan = plan_filling(speech.current, full.current)  # type: ignore[arg-type]
    assert plan.draft is None
