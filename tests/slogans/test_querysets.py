"""What readers see of slogans."""

import pytest

from corpus_app.catalog import services
from corpus_app.catalog.models import Speech
from corpus_app.slogans.models import Slogan
from corpus_app.slogans.querysets import (
    count_by_year,
    find_uses,
    list_mentions,
    list_slogans,
    list_slogans_of_revision,
    list_slogans_of_theme,
)
from corpus_app.themes.models import Theme, ThemeTerm
from corpus_app.themes.tagging import retag_all
from tests.catalog.speeches import WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db

OTHER = """在泽远市人大常委会机关学习会上的讲话
（2021年3月9日）

同志们：
今天我们集中学习有关文件，我谈两点体会。

一、深刻认识建设“四个机关”的意义
建设“四个机关”，是新形势下对人大的全新定位，必须原原本本学、逐字逐句悟。

二、把学习成果用到工作中
要联系实际找差距，对照要求定措施，年底逐项回头看，做到件件有着落。
"""


def test_slogans_are_counted_in_readable_speeches_in_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    store(WORK_CONFERENCE, "a.txt")
    store(OTHER, "b.txt")
    with django_assert_num_queries(1):
        slogans = {slogan.text: slogan for slogan in list_slogans()}
    organs = slogans["四个机关"]
    assert (organs.mention_count, organs.speech_count) == (3, 2)  # type: ignore[attr-defined]
    assert organs.first_date == "2021-03-09"  # type: ignore[attr-defined]
    assert next(iter(slogans)) == "四个机关"


def test_drafts_and_old_revisions_do_not_count() -> None:
    speech = store(WORK_CONFERENCE, "a.txt")
    store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "a.txt")
    organs = Slogan.objects.get(text="四个机关")
    assert organs.mentions.count() == 2
    assert list_mentions(organs).count() == 1
    speech.refresh_from_db()
    services.withdraw_speech(speech)
    assert list_mentions(organs).count() == 0
    assert organs not in list_slogans()


def test_a_registered_slogan_is_listed_without_mentions_and_by_kind() -> None:
    slogan = Slogan.objects.create(text="没人说过", kind="quoted", registered=True)
    assert list(list_slogans("quoted")) == [slogan]
    assert list(list_slogans("counted")) == []


def test_years_are_counted_without_holes() -> None:
    store(WORK_CONFERENCE, "a.txt")
    store(OTHER, "b.txt")
    years = count_by_year(Slogan.objects.get(text="四个机关"))
    assert [(entry.year, entry.count) for entry in years] == [(2021, 2), (2022, 0), (2023, 1)]


def test_mentions_come_with_speech_and_text_in_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    store(WORK_CONFERENCE, "a.txt")
    store(OTHER, "b.txt")
    organs = Slogan.objects.get(text="四个机关")
    with django_assert_num_queries(1):
        words = {m.revision.text[m.start : m.end] for m in list_mentions(organs) if m.section}
    assert words == {"四个机关"}


def test_slogans_of_a_revision_and_of_a_theme() -> None:
    speech = store(WORK_CONFERENCE, "a.txt")
    assert speech.current_id is not None
    texts = [mention.slogan.text for mention in list_slogans_of_revision(speech.current_id)]
    assert "四个机关" in texts
    theme = Theme.objects.create(slug="self", name="自身建设")
    ThemeTerm.objects.create(theme=theme, text="自身建设", weight=3.0)
    retag_all()
    assert [slogan.text for slogan in list_slogans_of_theme(theme.pk)] == ["四个机关"]


def date(speech: Speech, day: str, *, sample: bool = False) -> None:
    services.correct_metadata(speech, {"delivered": day})
    Speech.objects.filter(pk=speech.pk).update(is_sample=sample)


def read_uses(slogan: Slogan) -> tuple[str, str]:
    """Return since when and until when a slogan is used, by days of delivery."""
    first, last = find_uses([slogan.pk])[slogan.pk]
    assert first.kind == last.kind == "delivered"
    return first.value, last.value


def test_first_and_last_use_leave_invented_samples_out_beside_a_real_speech() -> None:
    sample, real = store(WORK_CONFERENCE, "a.txt"), store(OTHER, "b.txt", draft=True)
    date(sample, "2007-03-05", sample=True)
    date(real, "2021-03-09")
    organs = Slogan.objects.get(text="四个机关")
    assert read_uses(organs) == ("2007-03-05", "2007-03-05")
    services.publish_speech(Speech.objects.get(pk=real.pk))
    assert read_uses(organs) == ("2021-03-09", "2021-03-09")
    listed = list_slogans().get(pk=organs.pk)
    assert (listed.first_date, listed.last_date) == read_uses(organs)  # type: ignore[attr-defined]


def test_a_year_is_told_as_a_year_and_no_date_as_none() -> None:
    speech = store(WORK_CONFERENCE, "a.txt")
    organs = Slogan.objects.get(text="四个机关")
    date(speech, "2007")
    assert read_uses(organs) == ("2007", "2007")
    date(speech, "")
    assert find_uses([organs.pk]) == {}
