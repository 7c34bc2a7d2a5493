"""manage.py reparse_speeches, as the contract has it."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from corpus_app.catalog.models import Speech
from corpus_app.catalog.uploads import locate_bytes
from corpus_app.intake.models import Doubt, DoubtReason, HeadDispute
from corpus_app.intake.quality.flags import has_current_flags
from corpus_app.intake.rereading.storing import keep_head, read_again
from corpus_app.intake.revisions import editing
from tests.batches.sending import send, work
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.intake.rereading.older_reading import (
    dump_store,
    misread,
    read,
    read_current,
    store_alone,
    store_others,
)
from tests.site_pages import make_page

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> tuple[int, list[dict[str, Any]]]:
    """Return the exit code and what was printed, an object a line."""
    out = StringIO()
    code = 0
    try:
        words = ["reparse_speeches", "--json", *map(str, arguments)]
        call_command(*words, stdout=out, stderr=StringIO())
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_it_tells_for_each_speech_what_changed_and_nothing_the_second_time() -> None:
    speech = misread(store_alone(), {"title": "鹿角栏目组"})
    store_others(4)
    code, told = run()
    assert (code, len(told)) == (0, 5)
    first = next(one for one in told if one["speech"] == speech.pk)
    assert first["status"] == "changed"
    assert first["fields"] == {"title": {"old": "鹿角栏目组", "new": "在第1次联席会议上的讲话"}}
    assert first["text"]["removed_chars"] > 0
    assert {"text", "removed", "metadata"} <= set(first["parts"])
    before = dump_store()
    code, told = run()
    assert {one["status"] for one in told} == {"unchanged"}
    assert dump_store() == before


def test_a_dry_run_tells_the_same_and_changes_nothing() -> None:
    misread(store_alone(draft=False), {"title": "鹿角栏目组"})
    store_others(4)
    before = dump_store()
    assert (dry := run("--dry-run")[1])
    assert dump_store() == before
    wet = run()[1]
    assert dry == wet
    assert dump_store() != before


def test_the_switches_narrow_what_is_read() -> None:
    batch = send({"a.txt": WORK_CONFERENCE, "b.txt": TRAINING})
    work()
    others = store_others(2)
    ids = sorted(Speech.objects.values_list("pk", flat=True))
    mine = sorted(batch.files.values_list("speech", flat=True))
    editing.publish(others[0])

    def list_read(*arguments: object) -> list[int]:
        return [one["speech"] for one in run("--dry-run", *arguments)[1]]

    assert list_read() == ids
    assert list_read("--speech", ids[0], ids[2]) == [ids[0], ids[2]]
    assert list_read("--speech", ids[0], "--speech", ids[2]) == [ids[0], ids[2]]
    assert list_read("--batch", batch.pk) == mine
    assert list_read("--source", "溪北河湾新报") == [one.pk for one in others]
    assert list_read("--source", "溪北河湾新报", "--drafts") == [others[1].pk]
    assert list_read("--batch", batch.pk, "--source", "溪北河湾新报") == []


def test_what_is_not_there_is_said() -> None:
    assert run()[0] == 1
    with pytest.raises(CommandError, match="编号 9999"):
        call_command("reparse_speeches", "--speech", "9999")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("reparse_speeches", "--batch", "9999", stdout=out)
    assert "没有符合条件的讲话" in out.getvalue()


def test_one_that_cannot_be_read_stops_no_other() -> None:
    gone, other = store(WORK_CONFERENCE, "a.txt"), store(TRAINING, "b.txt")
    locate_bytes(read_current(gone).upload.sha256).unlink()
    code, told = run()
    assert code == 1
    assert [one["status"] for one in told] == ["refused", "unchanged"]
    assert "不在磁盘上" in told[0]["message"]
    assert told[1]["speech"] == other.pk


def test_words_for_people_say_what_changed() -> None:
    speech = misread(store_alone(), {"title": "鹿角栏目组"})
    out = StringIO()
    call_command("reparse_speeches", "--dry-run", "--speech", str(speech.pk), stdout=out)
    assert "标题“鹿角栏目组”→“在第1次联席会议上的讲话”" in out.getvalue()
    assert "这是试读，什么也没有改" in out.getvalue()


def dispute() -> Speech:
    """Return a published speech under a head that its file contradicts."""
    values = {"speaker": "顾云舟", "delivered": "2019-01-02", "title": "在年终总结会上的讲话"}
    speech = misread(store_alone(draft=False), values)
    return read(speech)


def test_a_published_head_that_the_file_contradicts_is_not_changed_in_silence() -> None:
    speech = dispute()
    number = read_current(speech).number
    code, told = run()
    assert (code, told[0]["status"]) == (0, "disputed")
    assert (read(speech).title, str(read(speech).speaker)) == ("在年终总结会上的讲话", "顾云舟")
    assert read_current(speech).number == number
    found = HeadDispute.objects.get(speech=speech)
    assert found.fields["speaker"] == ["顾云舟", "沈知远"]
    reason = DoubtReason.objects.get(doubt__speech=speech, code="head_disputed")
    assert "顾云舟／沈知远" in str(reason.details)
    before = dump_store()
    assert run()[1][0]["status"] == "disputed"
    assert dump_store() == before


def test_an_editor_settles_which_head_is_right() -> None:
    speech = dispute()
    read_again(speech.pk)
    assert keep_head(read(speech))
    assert not HeadDispute.objects.exists()
    assert not DoubtReason.objects.filter(code="head_disputed").exists()
    assert read_again(speech.pk).status == "changed"
    assert read(speech).title == "在年终总结会上的讲话"
    assert read_again(speech.pk).status == "unchanged"


def test_an_editor_takes_the_new_head() -> None:
    speech = dispute()
    read_again(speech.pk)
    assert read_again(speech.pk, settled=True).status == "changed"
    assert (read(speech).title, str(read(speech).speaker)) == ("在第1次联席会议上的讲话", "沈知远")
    assert read(speech).status == "published"
    assert not HeadDispute.objects.exists()
    assert not DoubtReason.objects.filter(code="head_disputed").exists()


def test_a_draft_takes_the_new_head_at_once() -> None:
    speech = misread(store_alone(), {"speaker": "顾云舟", "delivered": "2019-01-02"})
    assert read_again(speech.pk).status == "changed"
    assert str(read(speech).speaker) == "沈知远"


def test_costs_do_not_grow_with_the_store(django_assert_max_num_queries: Any) -> None:
    speech = store_alone()
    store_others(8)
    read_again(speech.pk)
    # Seven of them weigh its flags.
    with django_assert_max_num_queries(24):
        assert read_again(speech.pk).status == "unchanged"


def test_pages_of_the_site_come_out_alike_however_they_came() -> None:
    """One by one and then read again is as good as together."""
    for number in range(1, 7):
        store(make_page(number), f"{number}.txt", draft=True)
    run()
    assert {one["status"] for one in run()[1]} == {"unchanged"}


def test_flags_of_earlier_rules_are_weighed_anew_where_nothing_else_changes() -> None:
    speech = store(WORK_CONFERENCE, "a.txt")
    flagged = Doubt.objects.get(speech=speech)
    flagged.reasons.all().delete()
    DoubtReason.objects.create(doubt=flagged, code="truncated", weight=9, details={})
    Doubt.objects.filter(pk=flagged.pk).update(score=9)
    assert run()[1][0]["status"] == "unchanged"
    assert has_current_flags(read(speech), read_current(speech))
    assert not DoubtReason.objects.filter(doubt=flagged, code="truncated").exists()
