"""check_corpus finds what an earlier release lost in silence, and says the way back."""

from __future__ import annotations

import pytest

from corpus_app.catalog.joining import absorb_speech
from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.revisions import store_sections
from corpus_app.ingest.outline.sections import write_outline
from corpus_app.intake.checking.lost_decisions import check_lost_decisions, check_lost_pins
from corpus_app.intake.revisions.joining import absorb
from corpus_app.intake.revisions.outlining import revise_outline
from corpus_app.intake.revisions.restoring import restore_revision
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.themes.models import Theme, ThemePin
from tests.catalog.speeches import store
from tests.intake.long_speeches import MARK, describe, read, store_outlined
from tests.intake.people import enter
from tests.intake.scraped import CALL, SCRAPED, current, find, store_scraped, take

pytestmark = pytest.mark.django_db


def cripple(revision: Revision) -> None:
    """Leave of the revision's outline what release 0.1.0 left of it."""
    heads = read(revision)
    revision.sections.all().delete()
    store_sections(revision, write_outline([heads[0], heads[-1]], len(revision.text)))


def lose_outline() -> tuple[Speech, Revision]:
    speech, old = store_outlined()
    cripple(revise_text(speech, 2, [], [take(old.raw, MARK)]))
    return Speech.objects.get(pk=speech.pk), old


def test_a_speech_that_lost_nothing_is_not_reported() -> None:
    speech, old = store_outlined()
    revise_text(speech, 2, [], [take(old.raw, MARK)])
    store_scraped(name="other.txt")
    assert list(check_lost_decisions(repair=False)) == []


def test_an_outline_lost_before_is_found_and_got_back_as_the_message_says() -> None:
    speech, old = lose_outline()
    found = list(check_lost_decisions(repair=False))
    assert [(one.area, one.code, one.speech) for one in found] == [
        ("outline", "outline_lost", speech.pk)
    ]
    count = old.sections.count() - 2
    assert f"第 2 版由人工调整的提纲后来丢失 {count} 节（一、" in found[0].message
    assert f"/intake/{speech.pk}/history/，在第 2 版下点“提纲用于当前正文”" in found[0].message
    client = enter("editor")
    assert "提纲用于当前正文" in client.get(f"/intake/{speech.pk}/history/").content.decode()
    data = {"revision": 2, "base": 3, "part": "outline"}
    client.post(f"/intake/{speech.pk}/history/restore/", data)
    assert describe(current(speech)) == describe(old)
    assert list(check_lost_decisions(repair=False)) == []


def test_the_repair_puts_the_outline_back_as_a_new_revision() -> None:
    speech, old = lose_outline()
    assert [one.repaired for one in check_lost_decisions(repair=True)] == [True]
    new = current(speech)
    assert new.number == 4
    assert describe(new) == describe(old)
    assert speech.revisions.get(number=3).sections.count() == 2


def test_an_outline_that_a_person_made_smaller_since_is_left_alone() -> None:
    speech, _old = lose_outline()
    revise_outline(speech, 3, read(current(speech))[:1])
    assert list(check_lost_decisions(repair=False)) == []


def test_text_decisions_that_a_corrected_file_dropped_are_found() -> None:
    speech = store_scraped(draft=True)
    raw = current(speech).raw
    revise_text(speech, 1, [find(raw, "首页 > 讲话 > 正文")], [take(raw, CALL)])
    store(SCRAPED.replace("首页 > 讲话 > 正文\n", ""), "抓取.txt", draft=True)
    assert list(check_lost_decisions(repair=False)) == []
    # As release 0.1.0 stored it: nothing said of what was left out.
    new = current(speech)
    new.decisions.pop("lost")
    new.save()
    found = list(check_lost_decisions(repair=False))
    assert [(one.code, one.speech) for one in found] == [("decisions_lost", speech.pk)]
    assert "第 2 版的人工剔除、恢复有 1 处没有带到第 3 版" in found[0].message


def test_who_restores_the_revision_that_the_message_names_is_not_told_again() -> None:
    speech = store_scraped(draft=True)
    raw = current(speech).raw
    revise_text(speech, 1, [find(raw, "首页 > 讲话 > 正文")], [take(raw, CALL)])
    store(SCRAPED.replace("首页 > 讲话 > 正文\n", ""), "抓取.txt", draft=True)
    new = current(speech)
    new.decisions.pop("lost")
    new.save()
    assert "恢复第 2 版" in next(check_lost_decisions(repair=False)).message
    restore_revision(Speech.objects.get(pk=speech.pk), 2, 3)
    assert list(check_lost_decisions(repair=False)) == []
    # What goes after that is told again.
    store(SCRAPED.replace("首页 > 讲话 > 正文\n", "首页\n"), "抓取.txt", draft=True)
    newest = current(speech)
    newest.decisions.pop("lost")
    newest.save()
    found = next(check_lost_decisions(repair=False))
    assert "第 4 版的人工剔除、恢复有 1 处没有带到第 5 版" in found.message


def test_a_pin_that_went_with_a_new_text_is_found() -> None:
    speech = store_scraped(draft=True)
    old = current(speech)
    line = next(row for row in old.raw.splitlines() if row.startswith("二是提高能力"))
    key = old.sections.order_by("-depth").filter(heading="提高能力").get().key
    theme = Theme.objects.create(slug="a", name="能力建设")
    ThemePin.objects.create(theme=theme, speech=speech, section_key=key, decision="pin")
    new = revise_text(speech, 1, [], [take(old.raw, line)])
    assert list(check_lost_pins(repair=False)) == []
    # As release 0.1.0 stored it.
    new.decisions.pop("lost")
    new.save()
    found = list(check_lost_pins(repair=False))
    assert [(one.code, one.speech) for one in found] == [("pin_lost", speech.pk)]
    assert f"第 2 版入库时丢失了主题“能力建设”在第 {key} 节的人工决定（指定）" in found[0].message


def test_a_pin_that_a_person_took_back_is_none_lost() -> None:
    speech = store_scraped(draft=True)
    theme = Theme.objects.create(slug="a", name="能力建设")
    ThemePin.objects.create(theme=theme, speech=speech, section_key="1", decision="pin").delete()
    assert list(check_lost_pins(repair=False)) == []


def test_what_a_merged_in_text_took_the_place_of_is_found() -> None:
    speech = store_scraped(draft=True)
    revise_text(speech, 1, [], [take(current(speech).raw, CALL)])
    second = store(SCRAPED.replace("二十二个站点", "二十三个站点"), "他名.txt", draft=True)
    # As release 0.1.0 merged: the other's text as it was parsed.
    merged = Speech.objects.get(pk=speech.pk)
    [merged.current_id] = absorb_speech(second, merged)
    merged.save()
    found = list(check_lost_decisions(repair=False))
    assert [(one.code, one.speech) for one in found] == [("decisions_lost", merged.pk)]
    assert "第 2 版的人工剔除、恢复有 1 处没有带到第 3 版" in found[0].message


def test_what_a_merge_carries_over_is_none_lost() -> None:
    speech = store_scraped(draft=True)
    revise_text(speech, 1, [], [take(current(speech).raw, CALL)])
    second = store(SCRAPED.replace("二十二个站点", "二十三个站点"), "他名.txt", draft=True)
    absorb(second, Speech.objects.get(pk=speech.pk))
    assert list(check_lost_decisions(repair=False)) == []
