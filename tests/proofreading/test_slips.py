"""Slips of the pen by the shipped model: what is told, what is left alone, and how it is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus_app.proofreading.checking import check_draft
from corpus_app.proofreading.drafts import DraftFacts, lay_out
from corpus_app.proofreading.findings import (
    SHOWN_FROM,
    CheckedDraft,
    DraftFinding,
    EvidencePassage,
)
from corpus_app.proofreading.slips.characters import CharacterNumbers
from corpus_app.proofreading.slips.correcting import SlipEdit
from corpus_app.proofreading.slips.finding import find_slips
from corpus_app.proofreading.slips.model import REPLACED, SHIFTED, load_corrector
from corpus_app.proofreading.slips.replacing import ReadText
from tests.folding import for_each

# As typed, and as meant: same sound, shape, parts, two characters at once, doubled, swapped.
SLIPS = (
    ("县人民政府应当依法旅行监督管理职责。", "履行"),
    ("加强队伍建设，提高行政执法水评。", "平"),
    ("代表可以依法对国家机关提出质讯案。", "询"),
    ("任何单位和个人不得拒绝、阻碍检察机关依法旅行职责。", "履"),
    ("有关部门应当加强对资金使用情况的监督检察。", "查"),
    ("县人民政府应当依法依法履行监督督管理职责。", "监督"),
    ("加强队建伍设，提高行政执法水平。", "队伍建设"),
)
SOUND = (
    "望岫县人大常委会主任李明同志，麓禾乡党委书记赵砚秋同志出席会议。",
    "县人民政府应当依法履行监督管理职责。",
    "法制委员会要加强法制宣传，建设社会主义法治国家。",
    "大家要常常走走看看，人人动手，天天坚持。",
)


def mend(text: str) -> str:
    """Return a text with all edits made that are told to programs."""
    edits = sorted(load_corrector(REPLACED, SHIFTED).correct(text), key=lambda one: -one.start)
    for one in edits:
        text = text[: one.start] + one.new + text[one.end :]
    return text


@for_each("typed, meant", SLIPS)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert meant in mend(typed)


@for_each(
    "typed, meant",
    (
        ("常委会组成员人认真审议了报告。", "组成人员"),
        ("要充分发挥代主表体作用。", "代表主体"),
        ("要振精奋神，开拓进取。", "振奋精神"),
        ("麓禾乡把产业发展作为重中之重，下足了功夫夫。", "功夫。"),
    ),
)
def test_swapped_and_doubled_characters_are_shown_to_people(typed: str, meant: str) -> None:
    edits = list(load_corrector(REPLACED, SHIFTED).correct(typed))
    assert min(one.chance for one in edits) >= SHOWN_FROM["wording"]
    assert meant in mend(typed)


@for_each("words", SOUND)
def test_a_sound_sentence_is_left_alone(words: str) -> None:
    assert mend(words) == words


def test_what_is_told_of_a_line_does_not_depend_on_the_lines_around() -> None:
    lines = [*(typed for typed, _ in SLIPS), *SOUND, "", "。"]
    assert mend("\n".join(lines)).split("\n") == [mend(line) for line in lines]


def test_a_draft_without_line_ends_is_read_a_few_sentences_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes: list[int] = []
    read = ReadText.read

    def note_size(text: str, characters: CharacterNumbers) -> ReadText:
        sizes.append(len(text))
        return read(text, characters)

    monkeypatch.setattr(ReadText, "read", staticmethod(note_size))
    draft = "".join([typed for typed, _ in SLIPS] * 60)
    told = mend(draft)
    assert len(draft) > 2 * max(sizes)
    assert told == "".join(mend(typed) for typed, _ in SLIPS) * 60


def test_edits_point_into_the_text_and_never_overlap() -> None:
    text = "\n".join(typed for typed, _ in SLIPS)
    edits: list[SlipEdit] = list(load_corrector(REPLACED, SHIFTED).correct(text))
    assert all(0 <= one.start <= one.end <= len(text) for one in edits)
    assert all("\n" not in text[one.start : one.end] for one in edits)
    ends = [0, *(one.end for one in edits)]
    assert all(end <= one.start for end, one in zip(ends, edits, strict=False))
    assert all(one.chance >= min(REPLACED, SHIFTED) for one in edits)


@pytest.mark.django_db
def test_a_finding_names_what_is_typed_what_may_be_meant_and_how_likely_it_is() -> None:
    text = "县人民政府应当依法旅行监督管理职责。"
    found = list(find_slips(text))
    assert [(one.kind, one.text, one.suggestion) for one in found] == [("wording", "旅", "履")]
    assert text[found[0].start : found[0].end] == "旅"
    assert 0.9 <= found[0].confidence < 1


@pytest.mark.django_db
def test_registered_wordings_and_names_are_never_corrected() -> None:
    from corpus_app.slogans.models import Slogan

    text = "要坚持依法旅行监督管理职责。"
    assert list(find_slips(text))
    Slogan.objects.create(text="依法旅行监督管理职责", registered=True)
    assert list(find_slips(text)) == []


@pytest.mark.django_db
@for_each(
    "text",
    (
        # numbers: nobody's counts know which is meant
        "为实现“十五五”良好开局打牢基础。",
        "科学编制“十五五”规划，深入分析“十五五”时期新的阶段性特征。",
        # the end of a word and the beginning of the next
        "提高高标准农田建设投资补助水平。",
        "促进进出口平衡发展，重点扩大先进技术进口。",
        "扩大低保保障范围，对城乡困难家庭应保尽保。",
        # persons in a row, by what they did, and with a lower title
        "请何维、刘奇两位同志发言。",
        "出席会议的还有：尉晓平、李建国、应勇。",
        "受刘奇副主任委托，我向大会报告工作。",
        "会议由刘奇主持，应勇作说明。",
    ),
)
def test_numbers_two_words_and_persons_are_no_slips(text: str) -> None:
    assert [(one.text, one.suggestion) for one in find_slips(text)] == []


@pytest.mark.django_db
@for_each(
    "typed, meant",
    (
        ("县人民政府应当依法履行监督督管理职责。", "监督管理"),
        ("农业、工业、交通、教育、卫生事业全面发展展。", "发展。"),
        ("进一步步加强和改进人大工作。", "进一步加强"),
    ),
)
def test_what_is_doubled_is_told_all_the_same(typed: str, meant: str) -> None:
    for one in reversed(list(find_slips(typed))):
        typed = typed[: one.start] + str(one.suggestion) + typed[one.end :]
    assert meant in typed


@pytest.mark.django_db
def test_people_see_what_is_likely_and_programs_all() -> None:
    slip = DraftFinding("wording", 0, 1, "甲", "", "乙", 0.7)
    other = DraftFinding("residue", 2, 3, "丙", "", None, 0.5)
    checked = CheckedDraft("甲，丙", (slip, other), (), (), 1)
    assert checked.drop_unlikely().findings == (other,)
    draft = lay_out("县人民政府应当依法旅行监督管理职责。", DraftFacts(day="2026-05-12"))
    assert [one.kind for one in check_draft(draft).findings] == ["wording"]


@pytest.mark.django_db
def test_a_character_dropped_before_a_wording_is_told_once() -> None:
    draft = lay_out("要深入学习贯彻近平总书记重要讲话精神。", DraftFacts(day="2026-05-12"))
    told = [one for one in check_draft(draft).findings if one.kind in {"slogan", "wording"}]
    assert len(told) == 1, told


def test_a_slip_is_sure_only_where_a_speech_says_what_is_meant() -> None:
    slip = DraftFinding("wording", 0, 1, "甲", "", "乙", 0.99)
    proof = EvidencePassage("乙", "某讲话")
    assert not slip.is_sure
    assert replace(slip, evidence=(proof,)).is_sure
    assert replace(slip, kind="slogan").is_sure
