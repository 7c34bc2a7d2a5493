"""A batch is read with what all its files show, from the first file on."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from corpus_app.batches.models import Batch
from corpus_app.catalog.models import Revision
from corpus_app.ingest.draft import Draft
from corpus_app.intake.importing import looking_ahead
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.models import SitePage
from corpus_app.intake.sites.evidence import gather_evidence, note_page
from tests.batches.sending import list_states, pack, send, work
from tests.site_pages import BOTTOM, TOP, make_page

pytestmark = pytest.mark.django_db


def read_texts(batch: Batch) -> list[str]:
    """Return the texts that the batch's files became, in the order of the files."""
    files = batch.files.exclude(speech=None).order_by("position", "pk")
    return [file.speech.current.text for file in files if file.speech and file.speech.current]


def test_the_first_file_of_a_batch_is_read_with_what_the_others_show() -> None:
    batch = send({f"{number:02}.txt": make_page(number) for number in range(1, 13)})
    work()
    texts = read_texts(batch)
    assert len(texts) == 12
    for text in texts:
        assert text.startswith("各位代表：")
        assert text.endswith("谢谢大家！")
    first = Revision.objects.order_by("pk").first()
    assert first is not None
    rules = {span["text"]: span["rule"] for span in first.removed}
    assert rules[TOP[2]] == rules[BOTTOM[1]] == "repeated:11/11"


def test_a_file_by_itself_tells_what_it_does_not_understand() -> None:
    send({"01.txt": make_page(1)})
    work()
    revision = Revision.objects.get()
    assert BOTTOM[1] in {span["text"] for span in revision.removed if span["kind"] == "unread"}


@pytest.mark.slow
def test_files_of_many_sites_in_any_order_are_told_apart() -> None:
    """A line of one site in ten stands in few of the files, and in enough."""
    files = {}
    for number in range(40):
        page = make_page(number)
        for line in {*TOP, *BOTTOM}:
            page = page.replace(line, f"{line}{'甲乙丙丁戊己庚辛壬癸'[number % 10]}")
        files[f"{number:02}.txt"] = page
    batch = send(files)
    work()
    texts = read_texts(batch)
    assert len(texts) == 40
    assert sum(text.endswith("谢谢大家！") for text in texts) == 40


def test_the_files_of_an_archive_count_too() -> None:
    pages = {f"{number:02}.txt": make_page(number) for number in range(1, 9)}
    batch = send({"包.zip": pack(pages)})
    work()
    assert all(text.endswith("谢谢大家！") for text in read_texts(batch))
    assert "unpacked" in list_states(batch)


def test_a_file_that_ends_the_process_is_not_read_ahead_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its row is made before it is read, and tells the next worker to leave it."""
    seen: list[str] = []
    real = looking_ahead.parse_file

    def end_at_second(data: bytes, name: str, **given: object) -> Draft:
        seen.append(name)
        if name == "02.txt":
            raise SystemExit
        return real(data, name)

    monkeypatch.setattr(looking_ahead, "parse_file", end_at_second)
    batch = send({f"{number:02}.txt": make_page(number) for number in range(1, 5)})
    with pytest.raises(SystemExit):
        work("one")
    batch.files.filter(state="working").update(state="waiting", worker="")
    work("two")
    assert list_states(batch) == ["imported"] * 4
    assert seen.count("02.txt") == 1


def test_looking_ahead_ends_where_its_time_is_up() -> None:
    files = [
        looking_ahead.WaitingFile(f"{number}" * 64, "a.txt", make_page(number).encode)
        for number in range(3)
    ]
    assert looking_ahead.look_ahead(files, "batch:1", seconds=-1) == 0
    assert looking_ahead.look_ahead(files, "batch:1") == 3
    assert looking_ahead.look_ahead(files, "batch:1") == 0


def test_evidence_costs_the_same_however_large_a_site_is(
    django_assert_num_queries: object,
) -> None:
    pages = [
        SitePage(sha256=f"{number:064}", site="xibei.example", lines=["甲乙丙丁", f"第{number}"])
        for number in range(400)
    ]
    SitePage.objects.bulk_create(pages)
    page = SitePage.objects.get(sha256=f"{200:064}")
    with django_assert_num_queries(3):  # type: ignore[operator]
        evidence = gather_evidence(page)
    assert evidence is not None
    assert (evidence.files, evidence.count("甲乙丙丁"), evidence.count("第200")) == (200, 200, 0)


def test_the_same_file_read_twice_is_one_page() -> None:
    outcome = import_bytes(make_page(1).encode(), "1.txt", draft=True, group="batch:1")
    page = SitePage.objects.get()
    assert outcome.speech is not None
    assert page.group == "batch:1"
    draft = looking_ahead.parse_file(make_page(1).encode(), "1.txt")
    assert note_page(page.sha256, draft, "batch:2").group == "batch:1"
    assert SitePage.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_four_readers_of_the_same_file_at_once_note_one_page() -> None:
    draft = looking_ahead.parse_file(make_page(1).encode(), "1.txt")
    start, faults = threading.Barrier(4), list[BaseException]()

    def note() -> None:
        try:
            for number in range(10):
                start.wait()
                note_page(f"{number:064}", draft)
        except BaseException as fault:
            faults.append(fault)
            start.abort()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=note) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert SitePage.objects.count() == 10
