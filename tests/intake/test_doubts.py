"""Doubts: which reasons a speech gets, how they add up, and that they follow its changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Kinship, Speech
from corpus_app.catalog.models.marker import set_marker
from corpus_app.intake import editing
from corpus_app.intake.checking import check_everything
from corpus_app.intake.doubts.facts import DoubtFacts, Relative
from corpus_app.intake.doubts.keeping import (
    MARKER,
    is_doubtful,
    mark_looked,
    refresh_doubt,
    refresh_missing,
    unmark_looked,
)
from corpus_app.intake.doubts.rules import load_rules
from corpus_app.intake.doubts.traces import find_mojibake, find_noise, find_placeholders
from corpus_app.intake.doubts.weighing import sum_weights, weigh_doubts
from corpus_app.intake.doubts.wording import NAMES, SENTENCES, describe_reason, name_reason
from corpus_app.intake.importing import import_bytes
from corpus_app.intake.models import Doubt, DoubtReason
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.ingest.shared_texts import SHARED, needs_shared

CLEAN = DoubtFacts(
    today=dt.date(2026, 1, 1),
    dates={"delivered": "2023-05-06", "published": "", "updated": ""},
    date_start=dt.date(2023, 5, 6),
    organisation="青芜县人大常委会",
    speaker="林知远",
    raw=WORK_CONFERENCE,
    text=WORK_CONFERENCE[60:],
)
NOTICE = {"code": "", "message": "请核对。", "start": None, "end": None}
MISSING = {"text": "讲四点意见", "expected": 4, "found": 3, "missing": [4]}
SUSPECT = {"text": "近平总书记", "suggestion": "习近平总书记", "kind": "slip", "start": 0, "end": 5}
TWIN = Relative("near_duplicate", 7, "另一篇", 93)


def list_codes(**changes: Any) -> list[str]:
    return [reason.code for reason in weigh_doubts(replace(CLEAN, **changes))]


def dates(**known: str) -> dict[str, str]:
    return {"delivered": "", "published": "", "updated": "", **known}


def note(code: str) -> dict[str, Any]:
    return {**NOTICE, "code": code}


def with_line(line: str) -> str:
    return CLEAN.text + "\n" + line


def test_a_whole_speech_with_all_its_facts_has_no_doubt() -> None:
    assert weigh_doubts(CLEAN) == []


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("no_title", {"title_inferred": True}),
        ("no_date", {"dates": dates()}),
        ("date_of_page", {"dates": dates(updated="2024-04")}),
        ("date_vague", {"dates": dates(published="2024")}),
        ("date_ahead", {"date_start": dt.date(2031, 1, 1)}),
        ("no_organisation", {"organisation": ""}),
        ("no_speaker", {"speaker": ""}),
        ("gap", {"completeness": "gapped", "gaps": 2}),
        ("truncated", {"completeness": "truncated", "gaps": 1}),
        ("sections_missing", {"announced": [MISSING]}),
        ("very_short", {"text": "同志们：散会。"}),
        ("no_outline", {"text": "我们要开会。" * 400, "notices": [note("no_outline")]}),
        ("noise", {"text": with_line("责任编辑：某某")}),
        ("noise", {"text": with_line("详见 https://example.invalid/a.html。")}),
        ("noise", {"text": with_line("\n".join(["青芜人大信息"] * 3))}),
        ("much_removed", {"removed": [{"kind": "advert", "start": 0, "end": 500}]}),
        ("encoding", {"raw": CLEAN.raw + "锟斤拷"}),
        ("encoding", {"raw": CLEAN.raw + "\ufffd"}),
        ("encoding", {"notices": [note("encoding_tie")]}),
        ("encoding", {"notices": [note("damaged_bytes")]}),
        ("unusual_characters", {"text": "龘靐齉爩鱻麤龗灪吁" * 60}),
        ("near_duplicate", {"relatives": [TWIN]}),
        ("family_part", {"relatives": [replace(TWIN, code="family_part")]}),
        ("family_quotes", {"relatives": [replace(TWIN, code="family_quotes")]}),
        ("suspects", {"suspects": [SUSPECT]}),
        ("many_suspects", {"suspects": [SUSPECT] * 5}),
        ("placeholders", {"text": with_line("推动X高质量发展。")}),
        ("ocr", {"notices": [note("ocr")]}),
        ("field_unfit", {"notices": [note("field_unfit")]}),
        ("notice_tracked_changes", {"notices": [note("tracked_changes")]}),
        ("notice_yet_unknown", {"notices": [note("yet_unknown")]}),
    ],
)
def test_each_fault_gives_its_reason_and_no_other(code: str, changes: dict[str, Any]) -> None:
    assert list_codes(**changes) == [code]


def test_a_possible_watermark_is_named_as_noise() -> None:
    notice = {**note("possible_watermark"), "start": 3, "end": 6}
    (reason,) = weigh_doubts(replace(CLEAN, notices=[notice]))
    assert (reason.code, reason.details["examples"]) == ("noise", [CLEAN.text[3:6]])


def test_what_the_parser_also_says_counts_once() -> None:
    notices = [note("end_missing"), note("unnamed_section"), note("announced_missing")]
    assert list_codes(completeness="truncated", notices=notices) == ["truncated"]


def test_the_nearest_relation_is_the_reason_and_leads_to_the_speech() -> None:
    kin = [Relative("family_quotes", 3, "甲", 30), TWIN, replace(TWIN, speech_id=9, percent=97)]
    (reason,) = weigh_doubts(replace(CLEAN, relatives=kin))
    assert (reason.code, reason.other, reason.details["percent"]) == ("near_duplicate", 9, 97)


def test_the_weightiest_reason_comes_first() -> None:
    codes = list_codes(speaker="", completeness="truncated", dates=dates())
    assert codes == ["truncated", "no_date", "no_speaker"]


def test_what_scraped_files_never_say_is_no_doubt_by_itself() -> None:
    slight = replace(CLEAN, dates=dates(), organisation="", speaker="", suspects=[SUSPECT])
    weights = [reason.weight for reason in weigh_doubts(slight)]
    assert len(weights) == 4
    assert sum_weights(weights) < load_rules().threshold


@pytest.mark.parametrize(
    "code", ["no_title", "gap", "truncated", "sections_missing", "noise", "encoding", "ocr",
             "near_duplicate", "date_ahead", "very_short", "field_unfit"]
)  # fmt: skip
def test_a_grave_reason_alone_asks_for_an_eye(code: str) -> None:
    assert load_rules().weights[code] >= load_rules().threshold


def test_speakers_words_are_no_noise() -> None:
    text = "\n".join(["同志们：", "一、", "讲GDP和5G、App。", "谢谢大家！"] * 4)
    assert find_noise(text) == []


@pytest.mark.parametrize(
    "line", ["上一篇：某某讲话", "扫码下载客户端", "版权所有 某某网", "查看原文", "写作材料网"]
)
def test_what_only_a_page_says_is_noise_at_the_edges(line: str) -> None:
    assert find_noise(f"同志们：\n今天开会。\n{line}") == [line]
    middle = "\n".join(["我们要抓好落实，一项一项办。"] * 6)
    assert find_noise(f"{middle}\n{line}\n{middle}") == []


def test_mojibake_is_told_from_rare_characters() -> None:
    assert find_mojibake("锟斤拷锟斤拷") == ["锟斤拷"]
    assert find_mojibake("赵烜、李垚同志") == []


def test_blotted_out_names_are_told_from_letters() -> None:
    assert find_placeholders("在X市召开，推动*经济发展") == ["在X市召", "推动*经济"]
    assert find_placeholders("GDP、5G、X光") == []


@given(st.lists(st.integers(0, 100)))
def test_the_score_stays_in_bounds_and_no_reason_lowers_it(weights: list[int]) -> None:
    score = sum_weights(weights)
    assert max(weights, default=0) <= score <= 100
    assert sum_weights([*weights, 40]) >= score


@given(st.text(max_size=300))
def test_any_text_can_be_weighed(text: str) -> None:
    for reason in weigh_doubts(replace(CLEAN, raw=text, text=text)):
        assert 0 < reason.weight <= 100
        assert reason.message


def test_every_weight_has_its_words() -> None:
    own = set(load_rules().weights) - {"notice"}
    told = {f"notice_{code}" for code, weight in load_rules().notices.items() if weight}
    assert set(NAMES) == own | told
    assert set(SENTENCES) == own - {"field_unfit"}


def test_an_unknown_reason_is_still_shown() -> None:
    assert name_reason("notice_brand_new") == "解析提示"
    assert describe_reason("notice_brand_new", {"message": "第三页有批注。"}) == "第三页有批注"


@pytest.mark.django_db
class TestKeeping:
    def read(self, speech: Speech) -> tuple[int, set[str]]:
        doubt = Doubt.objects.get(speech=speech)
        return doubt.score, set(doubt.reasons.values_list("code", flat=True))

    def test_an_import_weighs_the_speech(self) -> None:
        clean = store(WORK_CONFERENCE)
        assert not is_doubtful(clean)
        cut = store(TRAINING[: TRAINING.index("最后，") - 12], "b.txt", draft=True)
        assert is_doubtful(cut)
        assert "truncated" in self.read(cut)[1]

    def test_two_like_texts_are_both_doubtful_and_name_one_another(self) -> None:
        first = store(WORK_CONFERENCE, "a.txt", draft=True)
        second = store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "b.txt", draft=True)
        others = dict(
            DoubtReason.objects.filter(code="near_duplicate").values_list("doubt__speech", "other")
        )
        assert others == {first.pk: second.pk, second.pk: first.pk}

    def test_a_nearer_relative_that_comes_later_is_named_instead(self) -> None:
        first = store(WORK_CONFERENCE, "a.txt", draft=True)
        store(WORK_CONFERENCE.replace("代表", "委员"), "b.txt", draft=True)
        nearest = store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "c.txt", draft=True)
        assert DoubtReason.objects.get(doubt__speech=first, code="near_duplicate").other == nearest
        assert "doubts_outdated" not in {finding.code for finding in check_everything()}

    def test_a_decision_on_two_like_texts_settles_the_doubt(self) -> None:
        first = store(WORK_CONFERENCE, "a.txt", draft=True)
        second = store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "b.txt", draft=True)
        Kinship.objects.update_or_create(
            speech=first,
            other=second,
            defaults={"kind": "near", "share": 1, "other_share": 1, "decision": "both"},
        )
        refresh_doubt(second)
        assert "near_duplicate" not in self.read(second)[1]

    @pytest.mark.parametrize("way", ["merge", "delete"])
    def test_a_gone_twin_leaves_no_doubt_behind(self, way: str) -> None:
        first = store(WORK_CONFERENCE, "a.txt", draft=True)
        second = store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "b.txt", draft=True)
        if way == "merge":
            editing.merge(second, first)
        else:
            editing.delete(second)
        first.refresh_from_db()
        assert not is_doubtful(first)
        assert "near_duplicate" not in self.read(first)[1]

    def test_a_correction_takes_its_reason_away(self) -> None:
        speech = store(WORK_CONFERENCE[WORK_CONFERENCE.index("同志们") :], draft=True)
        assert {"no_title", "no_date"} <= self.read(speech)[1]
        values = read_fields(speech) | {"title": "在会上的讲话", "delivered": "2023-05"}
        editing.correct(speech, values, {})
        assert not {"no_title", "no_date"} & self.read(speech)[1]

    def test_a_speech_that_was_looked_at_stays_so_until_a_new_reason_comes(self) -> None:
        speech = store(WORK_CONFERENCE, draft=True)
        user = User.objects.create_user("editor")
        mark_looked(speech, user)
        editing.correct(speech, {"place": "青芜县城"}, {})
        assert Doubt.objects.get().looked_by == user
        editing.correct(speech, {"delivered": ""}, {})
        assert Doubt.objects.get().looked_at is None
        mark_looked(speech, user)
        unmark_looked(speech)
        assert Doubt.objects.get().looked_at is None

    def test_what_was_never_weighed_is_doubtful_and_weighed_at_the_next_start(self) -> None:
        speech = store(WORK_CONFERENCE)
        Doubt.objects.all().delete()
        assert is_doubtful(speech)
        assert refresh_missing() == 1
        assert refresh_missing() == 0
        assert not is_doubtful(speech)

    def test_other_rules_weigh_everything_anew(self) -> None:
        store(WORK_CONFERENCE)
        refresh_missing()
        set_marker(MARKER, "older rules")
        Doubt.objects.update(score=99)
        assert refresh_missing() == 1
        assert Doubt.objects.get().score < 99

    def test_the_check_finds_and_mends_outdated_doubts(self) -> None:
        speech = store(WORK_CONFERENCE)
        Doubt.objects.update(score=99)
        assert "doubts_outdated" in {finding.code for finding in check_everything()}
        call_command("check_corpus", "--repair", verbosity=0)
        assert self.read(speech)[0] < 99
        assert "doubts_outdated" not in {finding.code for finding in check_everything()}


@pytest.mark.django_db
@needs_shared
def test_of_the_real_files_those_with_faults_need_an_eye() -> None:
    doubtful = []
    for path in sorted((SHARED / "seeds").iterdir()):
        outcome = import_bytes(path.read_bytes(), path.name, draft=True)
        doubtful.append(is_doubtful(Speech.objects.get(pk=outcome.speech or 0)))
    # The cut one without a title, the pay-walled one and the one with 4864 hidden characters.
    assert doubtful == [True, False, True, False, True]
