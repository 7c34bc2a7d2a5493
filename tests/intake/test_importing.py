"""Files on their way in."""

import threading

import pytest
from django.db import connections, transaction
from pytest_django import DjangoAssertNumQueries

import search
from corpus_app.catalog import uploads
from corpus_app.catalog.models import Revision, Section, Speech, Upload
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.importing.storing import ImportOutcome
from corpus_app.intake.models import TextSignature
from corpus_app.intake.revisions import derived
from corpus_app.slogans.models import Mention, Slogan
from search import SearchRequest, run_search
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store

CORRECTED = WORK_CONFERENCE.replace("二十二个站点", "二十三个站点")


@pytest.mark.django_db
class TestNewFiles:
    def test_a_file_is_published_with_all_that_belongs_to_it(self) -> None:
        outcome = import_bytes(WORK_CONFERENCE.encode(), "稿.txt")
        assert (outcome.status, outcome.of) == ("imported", None)
        speech = Speech.objects.get(pk=outcome.speech)
        assert speech.status == "published"
        assert Mention.objects.filter(revision=speech.current).exists()
        assert TextSignature.objects.filter(speech=speech).exists()
        upload = Upload.objects.get()
        assert (upload.name, upload.format) == ("稿.txt", "txt")
        assert uploads.read_upload(upload) == WORK_CONFERENCE.encode()

    def test_as_a_draft_readers_do_not_see_it(self) -> None:
        outcome = import_bytes(WORK_CONFERENCE.encode(), "稿.txt", draft=True)
        assert Speech.objects.get(pk=outcome.speech).status == "draft"
        assert not Speech.objects.published().exists()

    @pytest.mark.parametrize(
        ("data", "name", "code"),
        [(b"", "a.txt", "empty"), (b"PK\x03\x04nozip", "a.docx", "damaged")],
    )
    def test_a_refused_file_leaves_nothing(self, data: bytes, name: str, code: str) -> None:
        outcome = import_bytes(data, name)
        assert (outcome.status, outcome.code, outcome.speech) == ("refused", code, None)
        assert outcome.message
        assert not Upload.objects.exists()
        assert not Speech.objects.exists()


@pytest.mark.django_db
class TestKnownFiles:
    def test_the_same_bytes_again_are_a_duplicate_whatever_their_name(self) -> None:
        first = import_bytes(WORK_CONFERENCE.encode(), "a.txt")
        again = import_bytes(WORK_CONFERENCE.encode(), "b.txt")
        assert again.status == "duplicate"
        assert (again.speech, again.of) == (first.speech, first.speech)
        assert Upload.objects.count() == Speech.objects.count() == 1

    def test_the_same_text_in_other_bytes_is_a_duplicate_and_the_bytes_stay(self) -> None:
        first = import_bytes(WORK_CONFERENCE.encode(), "a.txt")
        data = WORK_CONFERENCE.encode("gb18030")
        again = import_bytes(data, "b.txt")
        assert (again.status, again.of) == ("duplicate", first.speech)
        copy = Upload.objects.get(name="b.txt")
        assert copy.copy_of_id == first.speech
        assert uploads.read_upload(copy) == data
        assert import_bytes(data, "c.txt").status == "duplicate"
        assert Speech.objects.count() == Revision.objects.count() == 1

    def test_a_corrected_file_of_the_same_name_is_the_second_revision(self) -> None:
        speech = store(WORK_CONFERENCE, "稿.txt")
        outcome = import_bytes(CORRECTED.encode(), "稿.txt")
        assert (outcome.status, outcome.speech) == ("imported", speech.pk)
        assert "第 2 版" in outcome.message
        speech.refresh_from_db()
        assert speech.current is not None
        assert "二十三个站点" in speech.current.text
        assert speech.status == "published"

    def test_a_corrected_header_is_a_revision_too(self) -> None:
        speech = store(WORK_CONFERENCE, "稿.txt")
        text = WORK_CONFERENCE.replace("主任 林知远", "党组书记、主任 林知远")
        outcome = import_bytes(text.encode(), "稿.txt")
        assert (outcome.status, outcome.speech) == ("imported", speech.pk)
        speech.refresh_from_db()
        assert speech.speaker_role == "青芜县人大常委会党组书记、主任"

    def test_a_header_with_another_day_waits_for_an_editor(self) -> None:
        speech = store(WORK_CONFERENCE, "稿.txt")
        text = WORK_CONFERENCE.replace("（2023年5月6日）", "（2023年5月7日）")
        outcome = import_bytes(text.encode(), "稿.txt")
        assert (outcome.status, outcome.of) == ("near_duplicate", speech.pk)
        assert "日期不同（2023-05-07／2023-05-06）" in outcome.message
        assert Speech.objects.get(pk=outcome.speech).status == "draft"
        speech.refresh_from_db()
        assert speech.delivered == "2023-05-06"

    def test_the_old_bytes_again_do_not_undo_the_correction(self) -> None:
        store(WORK_CONFERENCE, "稿.txt")
        speech = store(CORRECTED, "稿.txt")
        outcome = import_bytes(WORK_CONFERENCE.encode(), "稿.txt")
        assert (outcome.status, outcome.speech) == ("duplicate", speech.pk)
        speech.refresh_from_db()
        assert speech.current is not None
        assert speech.current.number == 2

    def test_a_like_text_of_another_name_waits_as_a_draft(self) -> None:
        first = store(WORK_CONFERENCE, "a.txt")
        outcome = import_bytes(CORRECTED.encode(), "b.txt")
        assert (outcome.status, outcome.of) == ("near_duplicate", first.pk)
        assert outcome.speech not in (None, first.pk)
        assert Speech.objects.get(pk=outcome.speech).status == "draft"

    def test_a_draft_of_a_correction_does_not_show_in_what_is_published(self) -> None:
        speech = store(WORK_CONFERENCE, "稿.txt")
        outcome = import_bytes(CORRECTED.encode(), "稿.txt", draft=True)
        assert (outcome.status, outcome.of) == ("near_duplicate", speech.pk)
        speech.refresh_from_db()
        assert speech.current is not None
        assert "二十三个站点" not in speech.current.text

    def test_an_import_never_changes_a_status(self) -> None:
        speech = store(WORK_CONFERENCE, "稿.txt", draft=True)
        outcome = import_bytes(CORRECTED.encode(), "稿.txt")
        assert outcome.speech == speech.pk
        speech.refresh_from_db()
        assert speech.status == "draft"

    def test_another_speech_of_the_same_name_is_another_speech(self) -> None:
        first = store(WORK_CONFERENCE, "讲话.txt")
        outcome = import_bytes(TRAINING.encode(), "讲话.txt")
        assert outcome.status == "imported"
        assert outcome.speech != first.pk


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["tag_revision", "store_mentions", "store_fingerprint"])
def test_a_failure_half_way_leaves_nothing(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("half-way")

    monkeypatch.setattr(derived, step, fail)
    with pytest.raises(RuntimeError, match="half-way"):
        import_bytes(WORK_CONFERENCE.encode(), "a.txt")
    for model in (Upload, Speech, Revision, Section, Slogan, TextSignature):
        assert not model.objects.exists()
    sha256 = uploads.hash_bytes(WORK_CONFERENCE.encode())
    assert not uploads.locate_bytes(sha256).exists()


@pytest.mark.django_db
def test_looking_for_likenesses_reads_no_more_texts_in_a_larger_corpus(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with transaction.atomic():
        with django_assert_max_num_queries(90) as few:
            import_bytes(WORK_CONFERENCE.encode(), "a.txt")
        transaction.set_rollback(True)
    for number in range(12):
        shuffled = TRAINING.replace("芦汀市", f"第{number}市") + f"\n附记{number}" * number
        import_bytes(shuffled.encode(), f"{number}.txt")
    # As many as in an empty corpus, and a few per text that is really alike.
    with django_assert_max_num_queries(len(few) + 10):
        import_bytes(WORK_CONFERENCE.encode(), "a.txt")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestIndexing:
    def count_hits(self, text: str) -> int:
        return run_search(SearchRequest(text=f'"{text}"', unit="speech")).total

    def test_an_import_is_found_once_it_is_committed_and_a_draft_is_not(self) -> None:
        search.rebuild_index()
        store(WORK_CONFERENCE, "a.txt")
        store(TRAINING, "b.txt", draft=True)
        assert self.count_hits("话有地方说") == 1
        assert self.count_hits("逐条读") == 0

    def test_a_failing_index_does_not_undo_the_import(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(_ids: object) -> None:
            raise OSError("disk full")

        monkeypatch.setattr(search, "index_speeches", fail)
        assert import_bytes(WORK_CONFERENCE.encode(), "a.txt").status == "imported"
        assert Speech.objects.published().count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_same_file_twice_at_once_is_stored_once() -> None:
    outcomes: list[ImportOutcome] = []
    start = threading.Barrier(4)

    def run() -> None:
        try:
            start.wait()
            outcomes.append(import_bytes(WORK_CONFERENCE.encode(), "a.txt"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.status for outcome in outcomes) == ["duplicate"] * 3 + ["imported"]
    assert len({outcome.speech for outcome in outcomes}) == 1
    assert Speech.objects.count() == Upload.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_different_files_at_once_are_all_stored() -> None:
    texts = [WORK_CONFERENCE, TRAINING]
    outcomes: list[ImportOutcome] = []

    def run(text: str) -> None:
        try:
            outcomes.append(import_bytes(text.encode(), "a.txt"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [outcome.status for outcome in outcomes] == ["imported"] * 2
    assert Speech.objects.published().count() == 2


@pytest.mark.django_db
def test_bytes_whose_speech_was_deleted_make_a_speech_again() -> None:
    store(WORK_CONFERENCE, "a.txt").delete()
    outcome = import_bytes(WORK_CONFERENCE.encode(), "b.txt")
    assert outcome.status == "imported"
    assert Upload.objects.count() == 1
    assert Speech.objects.get().pk == outcome.speech
