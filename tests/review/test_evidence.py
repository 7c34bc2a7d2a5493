"""The metadata on the review page beside what it was read from; slogans and themes with why."""

import re

import pytest

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.manifests.recording import GivenMetadata
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.decisions import SetValue, TableSource
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.review.evidence import EvidencedField, list_fields
from corpus_app.review.forms import MetadataForm
from corpus_app.slogans.models import Slogan
from corpus_app.themes.models import Theme, ThemeTerm
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter
from tests.intake.scraped import current, find
from tests.intake.unclear_heads import TITLE, store_unread

pytestmark = pytest.mark.django_db


def describe(speech: Speech) -> dict[str, EvidencedField]:
    speech = Speech.objects.with_parties().select_related("current").get(pk=speech.pk)
    form = MetadataForm(present=read_fields(speech))
    return {entry.field.name: entry for entry in list_fields(speech, form)}


def test_a_value_from_the_header_shows_its_line_and_place() -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    found = describe(speech)
    assert speech.current is not None
    assert (found["delivered"].rule, found["delivered"].words) == ("文首", "（2023年5月6日）")
    start, end = found["speaker"].start, found["speaker"].end
    assert speech.current.raw[start:end] == "青芜县人大常委会主任 林知远"
    # The line was taken out: it has no place among the words of the text.
    assert found["speaker"].first is None


def test_an_inferred_value_says_from_what() -> None:
    found = describe(store(WORK_CONFERENCE, draft=True))
    assert found["genre"].rule == "据标题推定"
    assert found["level"].rule.endswith("推定")
    assert found["place"].words


def test_words_of_the_body_are_counted_as_the_columns_count() -> None:
    text = WORK_CONFERENCE.replace("在青芜县人大工作会议上的讲话\n", "")
    text = text.replace("今天召开全县人大工作会议", "今天我们在这里召开全县人大工作会议")
    speech = store(text, draft=True)
    found = describe(speech)["occasion"]
    assert speech.current is not None
    signs = "".join(speech.current.text.split())
    assert found.first is not None
    assert signs[found.first : found.stop] == "全县人大工作会议"


def test_what_stands_nowhere_and_what_a_person_wrote_is_said() -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    editing.correct(speech, {"speaker": "苏晚晴", "source": "清漪人大网"}, {})
    found = describe(speech)
    assert (found["speaker"].setter, found["speaker"].parsed) == ("人工", "林知远")
    assert found["speaker"].words
    assert (found["source"].setter, found["title"].setter) == ("人工", "机器")
    # It may well stand there: nobody but the reader looked.
    assert (found["subtitle"].note, found["subtitle"].words) == ("未读出", "")
    assert found["subtitle"].setter == ""


def test_a_value_shows_how_likely_it_is_and_is_marked_below_its_limit() -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    assert speech.current is not None
    evidence = speech.current.metadata["evidence"]
    evidence["title"]["probability"] = 0.999
    evidence["delivered"]["probability"] = 0.949
    evidence["speaker"] |= {"probability": None, "rule": "profile"}
    speech.current.save()
    found = describe(speech)
    assert (found["title"].percent, found["title"].doubtful) == (99, False)
    assert (found["delivered"].percent, found["delivered"].doubtful) == (94, True)
    assert (found["speaker"].percent, found["speaker"].setter) == (None, "网站版式")
    editing.correct(speech, {"delivered": "2023-05-07"}, {})
    assert (describe(speech)["delivered"].percent, describe(speech)["delivered"].doubtful) == (
        None,
        False,
    )


def test_a_value_that_somebody_kept_is_a_persons_whatever_was_read() -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    assert speech.current is not None
    speech.current.metadata["evidence"]["title"]["probability"] = 0.5
    speech.current.decisions = {"metadata": {"title": {"value": speech.title, "set_from": None}}}
    speech.current.save()
    found = describe(speech)["title"]
    assert (found.setter, found.rule, found.doubtful) == ("人工", "文首", False)


def test_a_value_set_from_words_shows_them_in_both_columns() -> None:
    speech = store_unread()
    base = current(speech)
    start, end = find(base.raw, TITLE)
    revise_text(speech, 2, [], [], values=[SetValue("title", TITLE, (start, end))])
    found = describe(speech)["title"]
    assert (found.setter, found.rule, found.words) == ("人工", "选自原文", TITLE)
    assert (found.start, found.end) == (start, end)
    signs = "".join(current(speech).text.split())
    assert signs[found.first : found.stop] == TITLE
    editing.correct(speech, {"title": "另一个题目"}, {})
    assert describe(speech)["title"].rule != "选自原文"


def test_a_value_that_a_table_set_names_table_and_line_until_somebody_sets_another() -> None:
    given = GivenMetadata({"speaker": "沈知远"}, TableSource("元数据.csv", 7))
    outcome = import_bytes(WORK_CONFERENCE.encode(), "a.txt", draft=True, given=given)
    speech = Speech.objects.get(pk=outcome.speech)
    found = describe(speech)["speaker"]
    assert (found.setter, found.rule) == ("表格", "据元数据表“元数据.csv”第 7 行")
    assert found.parsed == "林知远"
    editing.correct(speech, {"speaker": "何远川"}, {})
    assert describe(speech)["speaker"].setter == "人工"


def test_an_old_revision_without_evidence_says_so() -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    assert speech.current is not None
    del speech.current.metadata["evidence"]
    speech.current.save()
    assert describe(speech)["title"].note == "本版解析时未记录依据"


def test_the_page_links_each_value_to_its_place() -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    page = enter("editor").get(f"/intake/{speech.pk}/").content.decode()
    places = re.findall(r'data-evidence="(\d+)-(\d+)"', page)
    assert len(places) >= 5
    assert "人大常委会主任 林知远”</a>" in page


def test_slogans_are_shown_with_kind_number_and_register() -> None:
    Slogan.objects.create(
        text="四个机关",
        kind="counted",
        registered=True,
        source_document="某次会议公报",
        sourced=True,
    )
    speech = store(WORK_CONFERENCE, draft=True)
    page = enter("editor").get(f"/intake/{speech.pk}/").content.decode()
    part = page[page.index('id="slogans-part"') :]
    part = part[: part.index("</details>")]
    assert part.index("四个机关") < part.index("民有所呼、我有所应")
    assert "登记提法 · 出处 某次会议公报" in " ".join(part.split())
    assert "未登记，按格式识别" in part
    assert 'href="#3"' in part


def test_themes_say_in_which_sections_they_were_found() -> None:
    theme = Theme.objects.create(slug="a", name="代表家站")
    ThemeTerm.objects.create(theme=theme, text="代表家站", weight=3)
    speech = store(WORK_CONFERENCE, draft=True)
    page = enter("editor").get(f"/intake/{speech.pk}/").content.decode()
    part = page[page.index('id="themes-part"') :]
    assert 'href="#2"' in part[: part.index("</details>")]


def test_a_title_that_we_made_up_bears_no_figure_of_how_likely_it_is_right() -> None:
    speech = store(WORK_CONFERENCE.removeprefix("在青芜县人大工作会议上的讲话\n"), draft=True)
    assert speech.current is not None
    assert speech.title_inferred
    evidence = speech.current.metadata["evidence"]
    assert evidence["title"]["probability"] is None
    # As parsed before: nobody reads 99% beside 标题系代拟.
    evidence["title"]["probability"] = 0.99
    speech.current.save()
    assert describe(speech)["title"].percent is None
    page = enter("editor").get(f"/intake/{speech.pk}/").content.decode()
    figures = re.findall(r"(..)\s*<span class=\"number\">\d+%</span>\s*(..)", page)
    assert figures
    assert set(figures) == {("估计", "无误")}
