"""What people decided is kept through merges and re-imports, or listed for them."""

from __future__ import annotations

import html

import pytest

from corpus_app.catalog.models import Revision, Speech
from corpus_app.intake.models import Doubt
from corpus_app.intake.quality.flags import mark_looked
from corpus_app.intake.revisions.filling.merging import fill_gaps
from corpus_app.intake.revisions.joining import absorb, part
from corpus_app.intake.revisions.outline.acts import merge, split
from corpus_app.intake.revisions.outlining import revise_outline
from corpus_app.intake.revisions.restoring import restore_outline
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.themes.models import Theme, ThemePin
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.long_speeches import MARK, describe, read, store_outlined, write_long
from tests.intake.people import enter
from tests.intake.scraped import CALL, SCRAPED, current, find, store_scraped, take
from tests.intake.text_reuse.texts import COPY, DIGEST, FULL

pytestmark = pytest.mark.django_db


def list_lost(revision: Revision) -> list[str]:
    return [loss["kind"] for loss in revision.decisions.get("lost", [])]


def pin(speech: Speech, key: str, decision: str = "pin", slug: str = "a") -> ThemePin:
    theme, _made = Theme.objects.get_or_create(slug=slug, defaults={"name": f"主题{slug}"})
    return ThemePin.objects.create(theme=theme, speech=speech, section_key=key, decision=decision)


def list_pins(speech: Speech) -> list[tuple[str, str]]:
    return sorted(ThemePin.objects.filter(speech=speech).values_list("section_key", "decision"))


def find_key(revision: Revision, words: str) -> str:
    rows = revision.sections.order_by("-depth")
    return next(row.key for row in rows if revision.text.startswith(words, row.start))


def cut_head(speech: Speech, words: str) -> Revision:
    """Make an outline by hand: the piece that begins with the words becomes part of the last."""
    revision = current(speech)
    heads = read(revision)
    index = next(n for n, head in enumerate(heads) if revision.text.startswith(words, head.start))
    return revise_outline(speech, revision.number, merge(revision.text, heads, index))


def test_a_corrected_file_of_a_long_speech_keeps_the_outline_and_lists_nothing() -> None:
    speech, old = store_outlined()
    corrected = (
        write_long().replace("同志们：", "各位代表、同志们：").replace("我们要", "我们要更", 3)
    )
    assert store(corrected, "长篇.txt", draft=True).pk == speech.pk
    new = current(speech)
    assert new.origin == "parsed"
    assert [row[:3] for row in describe(new)] == [row[:3] for row in describe(old)]
    assert new.decisions == {"outline": True}


def test_a_section_that_a_corrected_file_lacks_is_listed_and_the_next_state_lists_it_too() -> None:
    speech = store_scraped(draft=True)
    cut_head(speech, "二、发展")
    line = next(row for row in SCRAPED.splitlines(keepends=True) if row.startswith("二是提高能力"))
    store(SCRAPED.replace(line, ""), "抓取.txt", draft=True)
    new = current(speech)
    assert list_lost(new) == ["section"]
    assert "提高能力" in new.decisions["lost"][0]["words"]
    revise_text(speech, new.number, [], [take(new.raw, CALL)])
    assert list_lost(current(speech)) == ["section"]


def test_words_restored_that_a_corrected_file_lacks_are_listed() -> None:
    speech = store_scraped(draft=True)
    raw = current(speech).raw
    revise_text(speech, 1, [find(raw, "首页 > 讲话 > 正文")], [take(raw, "让我们脚踏实地")])
    store(SCRAPED.replace("首页 > 讲话 > 正文\n", ""), "抓取.txt", draft=True)
    new = current(speech)
    assert "让我们脚踏实地" not in new.text
    assert list_lost(new) == ["kept"]
    assert Doubt.objects.get(speech=speech).reasons.filter(code="decisions_lost").exists()


def test_a_loss_that_comes_on_top_is_to_be_looked_at_again() -> None:
    speech, _old = store_outlined()
    for count, head in enumerate(("三、", "五、"), 1):
        revision = current(speech)
        row = revision.sections.get(marker=head)
        gone = revision.text[row.start : row.end].strip()
        revise_text(speech, revision.number, [], [take(revision.raw, gone)])
        assert list_lost(current(speech)) == ["section"] * count
        assert Doubt.objects.get(speech=speech).looked_at is None
        mark_looked(speech, None)


def test_pins_follow_when_a_new_section_takes_the_number_of_an_old_one() -> None:
    speech = store(WORK_CONFERENCE, "a.txt", draft=True)
    old = current(speech)
    keys = [find_key(old, words) for words in ("一、坚持", "二、发展", "三、加强")]
    decisions = ("pin", "exclude", "pin")
    for key, decision in zip(keys, decisions, strict=True):
        pin(speech, key, decision)
    moved = (
        WORK_CONFERENCE.replace("三、加", "四、加")
        .replace("二、发", "三、发")
        .replace(
            "一、坚持", "一、回顾去年的工作\n去年开展执法检查六次，听取报告十一项。\n\n二、坚持"
        )
    )
    store(moved, "a.txt", draft=True)
    new = current(speech)
    wanted = [find_key(new, words) for words in ("二、坚持", "三、发展", "四、加强")]
    assert list_pins(speech) == list(zip(wanted, decisions, strict=True))
    assert list_lost(new) == []


def test_a_pin_whose_section_is_taken_out_is_listed() -> None:
    speech = store(WORK_CONFERENCE, "a.txt", draft=True)
    old = current(speech)
    pin(speech, find_key(old, "二是提高能力"))
    line = next(row for row in old.raw.splitlines() if row.startswith("二是提高能力"))
    revise_text(speech, 1, [], [take(old.raw, line)])
    assert list_pins(speech) == []
    new = current(speech)
    assert list_lost(new) == ["pin"]
    assert "主题a（指定，二是" in new.decisions["lost"][0]["words"]


def test_pins_follow_a_rule_through_every_paragraph_of_a_long_speech() -> None:
    speech, old = store_outlined()
    keys = [row.key for row in old.sections.order_by("position")]
    for key in keys:
        pin(speech, key)
    spans = []
    at = old.raw.find(MARK)
    while at >= 0:
        spans.append((at, at + len(MARK)))
        at = old.raw.find(MARK, at + 1)
    removed = [take(old.raw, MARK).__class__("editor", MARK, a, b, "editor") for a, b in spans]
    revise_text(speech, 2, [], removed)
    assert [key for key, _decision in list_pins(speech)] == sorted(keys)


def test_filling_gaps_keeps_an_outline_made_by_hand() -> None:
    base, donor = store(COPY, "copy.txt"), store(FULL, "full.txt")
    wanted = [row[:2] for row in describe(cut_head(base, "二是提高能力"))]
    base = Speech.objects.get(pk=base.pk)
    joining = fill_gaps(base, donor)
    made = current(Speech.objects.get(pk=joining.speech_id))
    assert made.origin == "merged"
    assert made.decisions == {"outline": True}
    assert [row[:2] for row in describe(made)] == wanted


def test_an_outline_that_a_fuller_text_replaced_is_listed_and_parting_takes_it_back() -> None:
    digest, full = store(DIGEST, "a.txt"), store(FULL, "b.txt")
    revision = current(digest)
    place = revision.text.index("要坚持“民有所呼")
    revise_outline(digest, 1, split(revision.text, read(revision), 0, place))
    joining = absorb(Speech.objects.get(pk=full.pk), Speech.objects.get(pk=digest.pk))
    speech = Speech.objects.get(pk=joining.speech_id)
    assert "outline" in list_lost(current(speech))
    page = html.unescape(enter("editor").get(f"/intake/{speech.pk}/").content.decode())
    assert "原在第 2 版" in page
    assert "把第 2 版的提纲用于当前正文" in page
    part(joining)
    assert list_lost(Revision.objects.get(pk=full.current_id)) == []


def test_a_joined_speech_takes_over_what_was_decided_on_themes() -> None:
    first, second = store(FULL, "a.txt"), store(DIGEST, "b.txt")
    pin(first, "", "exclude", "b")
    pin(second, "", "pin", "b")
    pin(second, "", "pin", "c")
    merged = absorb(second, Speech.objects.get(pk=first.pk)).speech
    pins = ThemePin.objects.filter(speech=merged).values_list("theme__slug", "decision")
    assert sorted(pins) == [("b", "exclude"), ("c", "pin")]
    assert list_lost(current(merged)) == ["pin"]


def test_the_history_offers_an_older_outline_for_the_present_text() -> None:
    speech, old = store_outlined()
    heads = read(old)
    revise_outline(speech, 2, heads[:1])
    revise_text(speech, 3, [], [take(old.raw, MARK)])
    client = enter("editor")
    page = html.unescape(client.get(f"/intake/{speech.pk}/history/").content.decode())
    assert "把第 2 版的提纲用于当前正文" in page
    data = {"revision": 2, "base": 4, "part": "outline"}
    assert client.post(f"/intake/{speech.pk}/history/restore/", data).status_code == 302
    new = current(speech)
    assert (new.number, new.origin) == (5, "outlined")
    assert new.text == speech.revisions.get(number=4).text
    assert describe(new) == describe(old)


def test_what_an_older_outline_has_no_words_for_is_listed() -> None:
    speech, old = store_outlined()
    row = old.sections.get(marker="三、")
    revise_outline(speech, 2, read(old)[:1])
    revise_text(speech, 3, [], [take(old.raw, old.text[row.start : row.end].strip())])
    assert list_lost(current(speech)) == []
    assert list_lost(restore_outline(speech, 2, 4)) == ["section"]


def test_a_corrected_text_merged_in_takes_over_what_was_decided_on_the_older_one() -> None:
    first = store_scraped(draft=True)
    revision = cut_head(first, "二、发展")
    revise_text(first, 2, [], [take(revision.raw, CALL)])
    sections = [row[:3] for row in describe(current(first))]
    second = store(SCRAPED.replace("二十二个站点", "二十三个站点"), "他名.txt", draft=True)
    assert second.pk != first.pk
    merged = absorb(second, Speech.objects.get(pk=first.pk)).speech
    new = current(merged)
    assert (new.origin, new.based_on) == ("merged", Revision.objects.get(number=4))
    assert "二十三个站点" in new.text
    assert CALL not in new.text
    assert [row[:3] for row in describe(new)] == sections
    assert list_lost(new) == []


def test_a_joined_copy_takes_over_and_parting_gives_each_its_own_again() -> None:
    first = store_scraped(draft=True)
    sections = [row[:3] for row in describe(cut_head(first, "二、发展"))]
    second = store(SCRAPED.replace("二十二个站点", "二十三个站点"), "他名.txt", draft=True)
    theirs = second.current_id
    joining = absorb(second, Speech.objects.get(pk=first.pk))
    new = current(Speech.objects.get(pk=joining.speech_id))
    assert "二十三个站点" in new.text
    assert [row[:3] for row in describe(new)] == sections
    part(joining)
    assert [row[:3] for row in describe(current(Speech.objects.get(pk=first.pk)))] == sections
    assert Speech.objects.get(pk=second.pk).current_id == theirs
