"""A passage in every form: words, source, notices, link."""

from __future__ import annotations

import json

import pytest
from django.utils.translation import override

from corpus_app.catalog.models import Gap, Speaker, Speech
from corpus_app.catalog.periods import spell_day
from corpus_app.desk.citing import LABELS, Options, list_passage_notices, write_forms
from tests.desk.baskets import take

pytestmark = pytest.mark.django_db
LINK = "https://yanku.example/p/abc/"


def write(speech: Speech, key: str = "2.1", words: str = "", **options: object) -> dict[str, str]:
    chosen = Options(**options)  # type: ignore[arg-type]
    forms = write_forms(take(speech, key, words), LINK, "2026-07-20", chosen)
    return {form.key: form.text for form in forms}


def test_every_form_is_written_in_the_menus_order(speech: Speech) -> None:
    assert list(write(speech)) == list(LABELS)


def test_the_source_follows_the_words(speech: Speech) -> None:
    text = write(speech, words="面对面听取意见")["sourced"]
    assert text == (
        "面对面听取意见\n（《在青芜县人大工作会议上的讲话》，林知远，2023年5月6日，"
        f"“一是办好代表家站”部分；{LINK}）"
    )


def test_marks_inside_a_title_or_a_heading_become_inner_ones(speech: Speech) -> None:
    assert speech.current
    title = "在《青芜县立法条例》座谈会上的讲话"
    Speech.objects.filter(pk=speech.pk).update(title=title)
    section = speech.current.sections.get(key="2.1")
    speech.current.sections.filter(pk=section.pk).update(heading="答好“怎样办”的问题")
    text = write(speech, words="面对面听取意见")["sourced"]
    assert "（《在〈青芜县立法条例〉座谈会上的讲话》，" in text
    assert "‘怎样办’的问题”部分" in text


def test_a_section_name_with_quotation_marks_is_quoted_in_turn(speech: Speech) -> None:
    text = write(speech, "3")["sourced"]
    assert "“三、加强自身建设，打造‘四个机关’”部分" in text


def test_a_quotation_carries_its_reference(speech: Speech) -> None:
    words, reference, link = (
        write(speech, words="面对面听取意见")["quotation"].replace("\n\n", "\n").split("\n")
    )
    assert words == "“面对面听取意见”[1]"
    assert reference.startswith("[1] 林知远. 在青芜县人大工作会议上的讲话[")
    assert link == LINK


def test_author_and_date_stand_in_the_text_by_choice(speech: Speech) -> None:
    text = write(speech, words="面对面听取意见", style="author-date")["quotation"]
    assert text.startswith("“面对面听取意见”（林知远，2023）\n\n林知远，2023. ")


def test_the_edition_of_2015_is_written_by_choice(speech: Speech) -> None:
    speech.source_url = "https://rd.qingwu.example/1.html"
    speech.save()
    assert "（2023-05-06）" in write(speech)["reference"]
    assert "(2023-05-06)" in write(speech, edition="2015")["reference"]


def test_quotation_marks_inside_become_single_ones(speech: Speech) -> None:
    text = write(speech, words="要坚持“民有所呼、我有所应”")["quotation"]
    assert text.startswith("“要坚持‘民有所呼、我有所应’”")


def test_several_paragraphs_stand_as_a_block(speech: Speech) -> None:
    assert write(speech, "2")["quotation"].startswith("二、发展全过程人民民主")


def test_punctuation_is_made_full_width_by_choice(speech: Speech) -> None:
    assert speech.current
    speech.current.text = speech.current.text.replace("代表轮流坐班，", "代表轮流坐班,")
    speech.current.save()
    assert "坐班," in write(speech)["plain"]
    assert "坐班，" in write(speech, full_width=True)["plain"]


def test_the_link_ends_every_form_in_words_and_can_be_left_out(speech: Speech) -> None:
    for key in ("plain", "quotation", "reference", "footnote"):
        assert write(speech)[key].endswith(LINK)
        assert LINK not in write(speech, link=False)[key]


def test_a_gap_goes_along_in_every_form(speech: Speech) -> None:
    assert speech.current
    at = speech.current.text.index("面对面听取意见")
    Gap.objects.create(revision=speech.current, kind="hidden", offset=at, hidden_chars=30)
    for key, text in write(speech).items():
        assert "1 处缺失，至少缺 30 字" in text, key
    assert "〔此处原文缺失 30 字〕" in write(speech)["plain"]


def test_a_gap_elsewhere_in_the_speech_goes_along_too(speech: Speech) -> None:
    speech.completeness = "truncated"
    speech.save()
    assert list_passage_notices(take(speech, "1")) == ["所据文本结尾缺失，引用前请核对原件。"]


def test_an_unverified_text_says_so(speech: Speech) -> None:
    speech.status = "draft"
    speech.save()
    assert "未经与原件核对" in write(speech)["sourced"]


def test_a_likely_slip_in_the_words_is_named(speech: Speech) -> None:
    assert speech.current
    at = speech.current.text.index("代表轮流")
    entry = {"text": "代表", "suggestion": "人大代表", "kind": "x", "start": at, "end": at + 2}
    speech.current.suspects = [entry]
    speech.current.save()
    assert "“代表”疑应作“人大代表”" in write(speech)["footnote"]
    assert "疑应作" not in write(speech, "1")["footnote"]


def test_who_is_nobody_is_never_an_author(speech: Speech) -> None:
    speech.speaker = Speaker.objects.create(name="佚名")
    speech.save()
    assert not [key for key, text in write(speech).items() if "佚名" in text]


def test_zotero_gets_the_notices_and_the_link(speech: Speech) -> None:
    speech.completeness = "gapped"
    speech.save()
    item = json.loads(write(speech)["csl-json"])[0]
    assert item["author"] == [{"literal": "林知远"}]
    assert item["note"].splitlines() == [
        "所据文本中间有缺失，引用前请核对原件。",
        f"言库链接：{LINK}",
    ]


@pytest.mark.parametrize(
    ("params", "options"),
    [
        ({}, Options()),
        ({"edition": "1999", "style": "x"}, Options()),
        (
            {"edition": "2015", "style": "author-date", "full_width": "1", "link": "0"},
            Options("2015", "author-date", True, False),
        ),
    ],
)
def test_options_are_read_tolerantly(params: dict[str, str], options: Options) -> None:
    assert Options.from_params(params) == options


@pytest.mark.parametrize(
    ("value", "spelled"),
    [("2024", "2024年"), ("2024-04", "2024年4月"), ("2024-04-05", "2024年4月5日"), ("", "")],
)
def test_a_day_is_spelled_as_precisely_as_it_is_known(value: str, spelled: str) -> None:
    assert spell_day(value) == spelled


def list_citable(speech: Speech) -> list[str]:
    assert speech.current
    return ["", *speech.current.sections.values_list("key", flat=True)]


def test_no_citation_changes_with_the_language_of_the_interface(speech: Speech) -> None:
    kinds = {section.kind for section in speech.current.sections.all()}  # type: ignore[union-attr]
    assert {"opening", "closing"} <= kinds
    for key in list_citable(speech):
        with override("zh-hans"):
            chinese, path = write(speech, key), take(speech, key).path
        with override("en"):
            assert write(speech, key) == chinese
            assert take(speech, key).path == path


def test_the_opening_is_cited_by_its_chinese_name(speech: Speech) -> None:
    assert speech.current
    opening = speech.current.sections.get(kind="opening")
    with override("en"):
        assert "“导语”部分" in write(speech, opening.key)["sourced"]
