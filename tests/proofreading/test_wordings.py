"""Standard wordings, near misses, superseded ones, counted expressions with their members."""

from __future__ import annotations

import pytest

from corpus_app.proofreading.counted import find_counted_faults
from corpus_app.proofreading.standards import find_near_misses, is_known
from corpus_app.proofreading.wordings import find_wording_faults
from tests.places import ROOT

pytestmark = pytest.mark.django_db
DAY = "2026-05-12"
ORGANS = (
    "自觉坚持中国共产党领导的政治机关、保证人民当家作主的国家权力机关、"
    "全面担负宪法法律赋予的各项职责的工作机关、始终同人民群众保持密切联系的代表机关"
)


@pytest.fixture
def registry(db: None) -> None:
    import json

    from corpus_app.slogans.registry import load_slogans

    load_slogans(json.loads((ROOT / "fixtures" / "slogans.json").read_text("utf-8")))


@pytest.mark.usefixtures("registry")
class TestNearMisses:
    def test_the_standard_wording_itself_is_no_miss(self) -> None:
        assert list(find_near_misses(f"建设{ORGANS}。", DAY)) == []

    @pytest.mark.parametrize(
        ("right", "wrong"),
        [
            (
                "全面担负宪法法律赋予的各项职责的工作机关",
                "全面履行宪法法律赋予的各项职责的工作机关",
            ),
            ("始终同人民群众保持密切联系的代表机关", "始终同人民群众保持密切关系的代表机关"),
            ("习近平新时代中国特色社会主义思想", "习近平新时代特色社会主义思想"),
        ],
    )
    def test_a_few_characters_off_are_told_with_the_proof(self, right: str, wrong: str) -> None:
        text = f"要深刻认识{wrong}的意义。"
        (found,) = find_near_misses(text, DAY)
        assert (found.text, found.suggestion) == (wrong, right)
        assert text[found.start : found.end] == wrong
        assert found.evidence[0].title

    @pytest.mark.parametrize(
        "text",
        [
            "习近平新时代中国特色社会主义经济思想",  # another term made of the same words
            "毫不动摇地巩固和发展公有制经济",  # a particle
        ],
    )
    def test_another_term_or_a_particle_is_no_slip(self, text: str) -> None:
        assert list(find_near_misses(f"要坚持{text}。", DAY)) == []

    @pytest.mark.parametrize(
        ("wrong", "right"),
        [
            (
                "有法可依、有法必依、执法必严、违法必纠",
                "有法可依、有法必依、执法必严、违法必究",
            ),
            ("又法可依、有法必依、执法必严、违法必究", "有法可依、有法必依、执法必严、违法必究"),
        ],
    )
    def test_a_row_is_known_by_its_marks_to_its_very_ends(self, wrong: str, right: str) -> None:
        (found,) = find_near_misses(f"要做到{wrong}。", DAY)
        assert (found.text, found.suggestion) == (wrong, right)

    def test_what_was_proclaimed_later_is_not_asked_for(self) -> None:
        wrong = ORGANS.replace("担负", "履行")
        assert list(find_near_misses(f"建设{wrong}。", "2019-01")) == []
        assert is_known("2025-03", "2025")
        assert not is_known("2025-03", "2024-12-31")


@pytest.mark.usefixtures("registry")
class TestCounted:
    def test_a_whole_list_is_no_fault(self) -> None:
        text = "增强“四个意识”（政治意识、大局意识、核心意识、看齐意识）。"
        assert list(find_counted_faults(text, DAY)) == []

    @pytest.mark.parametrize(
        ("members", "words"),
        [
            ("政治意识、大局意识、看齐意识", "缺“核心意识”"),
            ("大局意识、政治意识、核心意识、看齐意识", "顺序"),
        ],
    )
    def test_a_missing_or_moved_member_is_told(self, members: str, words: str) -> None:
        (found,) = find_counted_faults(f"增强“四个意识”（{members}）。", DAY)
        assert words in found.message

    def test_a_list_of_another_number_is_told(self) -> None:
        found = list(find_counted_faults("实施“五大行动”（强基行动、清源行动、惠民行动）。", DAY))
        assert [one.message for one in found] == ["说的是五项，列了三项。"]

    def test_members_that_are_a_set_phrase_by_themselves_are_left_alone(self) -> None:
        assert list(find_counted_faults("坚决反对形式主义、官僚主义。", DAY)) == []


def test_a_newer_wording_that_stands_in_the_older_one_does_not_hide_it() -> None:
    text = "要做到建设有中国特色社会主义，抓好落实。"
    assert [one.kind for one in find_wording_faults(text, "2026-05")] == ["superseded"]


def test_a_superseded_wording_is_told_as_of_the_day_and_not_before() -> None:
    text = "发展全过程民主，加强对权力的监督。"
    (found,) = find_wording_faults(text, DAY)
    assert (found.kind, found.suggestion) == ("superseded", "全过程人民民主")
    assert len(found.evidence) == 2
    assert list(find_wording_faults(text, "2020-05")) == []


def test_a_sentence_that_tells_of_the_change_is_left_alone() -> None:
    text = "监督的对象由“一府两院”变成了“一府一委两院”。"
    assert list(find_wording_faults(text, DAY)) == []


def test_a_slip_in_a_standard_wording_is_told() -> None:
    (found,) = find_wording_faults("坚持人民当家做主。", DAY)
    assert (found.kind, found.text, found.suggestion) == ("slogan", "人民当家做主", "人民当家作主")


def test_words_said_twice_are_no_matter_of_set_expressions() -> None:
    (found,) = find_wording_faults("代表的的履职情况要登记在案。", DAY)
    assert (found.kind, found.message, found.suggestion) == ("wording", "字词重复。", "的")


def test_the_hidden_number_of_a_congress_is_never_written_in() -> None:
    assert list(find_wording_faults("学习贯彻党的xx大精神。", DAY)) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("习近平法制思想", "习近平法治思想"),
        (
            "富强民主文明和谐的社会主义现代化强国",
            "富强民主文明和谐美丽的社会主义现代化强国",
        ),
    ],
)
def test_a_wording_half_old_half_new_is_told(wrong: str, right: str) -> None:
    (found,) = find_wording_faults(f"要深刻领会{wrong}的要义。", DAY)
    assert (found.text, found.suggestion) == (wrong, right)
