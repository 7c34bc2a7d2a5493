"""What becomes of a file: its text, its head, its name and its way in, each cell by each."""

import json
import threading
from collections.abc import Callable
from io import StringIO
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connections

import search
from corpus_app.batches import inbox
from corpus_app.batches.inbox import watch_inbox
from corpus_app.batches.models import Batch, BatchFile
from corpus_app.batches.receiving import take_file, take_text
from corpus_app.catalog.models import Kinship, Speech, Upload
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.importing.storing import ImportOutcome
from corpus_app.intake.models import DoubtReason
from corpus_app.intake.revisions import editing
from tests.batches.sending import send, work
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.thoroughness import spare

BODY = WORK_CONFERENCE.partition("\n\n")[2]
LIKE_BODY = BODY.replace("二十二个站点每月开放两天", "二十三个站点每月开放三天")
HEADS = {
    "same": "在青芜县人大工作会议上的讲话\n（2023年5月6日）\n青芜县人大常委会主任　林 知 远",
    "other": "在白榆县人大工作会议上的讲话\n（2021年4月2日）\n白榆县人大常委会主任 何远川",
    "none": "讲话",
}
OLD_NAME, NEW_NAME = "讲话.txt", "2021/柳浦.txt"


def make_editor() -> User:
    return User.objects.get_or_create(username="editor")[0]


def get_speech(outcome: ImportOutcome) -> Speech:
    assert outcome.speech is not None, outcome
    return Speech.objects.get(pk=outcome.speech)


def send_file(data: bytes, name: str) -> ImportOutcome:
    return import_bytes(data, name)


def upload_file(data: bytes, name: str) -> ImportOutcome:
    return take_file(SimpleUploadedFile(name, data), make_editor())


def paste_text(data: bytes, name: str) -> ImportOutcome:
    return take_text(data, name, make_editor())


def send_batch(data: bytes, name: str) -> ImportOutcome:
    return finish(send({name: data.decode()}))


def lay_in_inbox(data: bytes, name: str) -> ImportOutcome:
    path = Path(settings.INBOX_DIR) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    batch = watch_inbox()
    assert batch is not None
    return finish(batch)


def finish(batch: Batch) -> ImportOutcome:
    work()
    file: BatchFile = batch.files.get()
    return ImportOutcome(file.state, file.speech_id, file.of_id, file.message)  # type: ignore[arg-type]


WAYS: dict[str, Callable[[bytes, str], ImportOutcome]] = {
    "command": send_file,
    "upload": upload_file,
    "api": paste_text,
    "batch": send_batch,
    "inbox": lay_in_inbox,
}
# (body, head, same name): status, and whether the speech that was there has another text now.
CELLS = {
    ("same", "same", True): ("duplicate", False),
    ("same", "same", False): ("duplicate", False),
    ("same", "other", True): ("near_duplicate", False),
    ("same", "other", False): ("near_duplicate", False),
    ("same", "none", True): ("duplicate", False),
    ("same", "none", False): ("duplicate", False),
    ("like", "same", True): ("imported", True),
    ("like", "same", False): ("near_duplicate", False),
    ("like", "other", True): ("near_duplicate", False),
    ("like", "other", False): ("near_duplicate", False),
    ("like", "none", True): ("near_duplicate", False),
    ("like", "none", False): ("near_duplicate", False),
}
# One of each outcome, which every way in meets in `make test`; the command meets all.
FEW = [("same", "none", False), ("same", "other", True), ("like", "same", True)]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    settings.INBOX_DIR = tmp_path / "inbox"
    monkeypatch.setattr(inbox, "SETTLED_SECONDS", 0.0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "met", spare(product(WAYS, CELLS), *product(["command"], CELLS), *product(WAYS, FEW)), ids=str
)
def test_every_cell_has_its_outcome(met: tuple[str, tuple[str, str, bool]]) -> None:
    way, cell = met
    body, head, same_name = cell
    first = store(WORK_CONFERENCE, OLD_NAME)
    status, revised = CELLS[cell]
    if revised and way != "command":
        # Sent in as a draft it must not show at once in what is published.
        status, revised = "near_duplicate", False
    data = f"{HEADS[head]}\n\n{BODY if body == 'same' else LIKE_BODY}".encode()
    outcome = WAYS[way](data, OLD_NAME if same_name else NEW_NAME)
    assert outcome.status == status, outcome.message
    first.refresh_from_db()
    assert first.current is not None
    assert (first.status, first.speaker and first.speaker.name) == ("published", "林知远")
    assert first.current.number == (2 if revised else 1)
    if status == "near_duplicate":
        made = get_speech(outcome)
        assert (outcome.of, made.pk == first.pk) == (first.pk, False)
        expected = "published" if way == "command" and head == "other" else "draft"
        assert made.status == expected
    elif status == "duplicate":
        assert Upload.objects.filter(copy_of=first).count() == 1


@pytest.mark.django_db
def test_another_head_keeps_its_metadata_its_kinship_and_its_reason() -> None:
    first = store(WORK_CONFERENCE, OLD_NAME)
    outcome = import_bytes(f"{HEADS['other']}\n\n{BODY}".encode(), OLD_NAME, draft=True)
    made = get_speech(outcome)
    assert made.speaker is not None
    assert (made.speaker.name, made.delivered) == ("何远川", "2021-04-02")
    assert "讲话人不同（何远川／林知远）" in outcome.message
    assert Kinship.objects.get(speech=first, other=made).kind == "near"
    reason = DoubtReason.objects.get(doubt__speech=made, code="other_head")
    assert {"speaker", "date"} <= set(reason.details["fields"])
    assert reason.other == first


@pytest.mark.django_db
@pytest.mark.parametrize("line", ["（2022年1月1日）", "青芜县人大常委会主任 苏晚晴"])
def test_a_single_contradiction_may_be_misread_and_waits(line: str) -> None:
    old = "（2023年5月6日）" if "年" in line else "青芜县人大常委会主任 林知远"
    first = store(WORK_CONFERENCE, OLD_NAME)
    outcome = import_bytes(WORK_CONFERENCE.replace(old, line).encode(), OLD_NAME)
    assert (outcome.status, outcome.of) == ("near_duplicate", first.pk)
    assert get_speech(outcome).status == "draft"


@pytest.mark.django_db
@pytest.mark.parametrize("body", [BODY, LIKE_BODY], ids=["same", "like"])
@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("在青芜县人大代表培训班上的讲话（一）", "在青芜县人大代表培训班上的讲话（二）"),
        ("在青芜县人大上半年工作总结会上的讲话", "在青芜县人大下半年工作总结会上的讲话"),
        ("在青芜县人大述职测评第一场会议上的讲话", "在青芜县人大述职测评第二场会议上的讲话"),
    ],
)
def test_another_part_of_a_series_replaces_none_and_is_no_copy(
    title: str, other: str, body: str
) -> None:
    head = HEADS["same"].partition("\n")[2]
    first = store(f"{title}\n{head}\n\n{BODY}", OLD_NAME)
    outcome = import_bytes(f"{other}\n{head}\n\n{body}".encode(), OLD_NAME)
    assert (outcome.status, outcome.of) == ("near_duplicate", first.pk)
    assert get_speech(outcome).title == other


@pytest.mark.django_db
def test_a_bare_text_that_was_there_first_takes_no_other_speech_in() -> None:
    first = store(f"讲话\n\n{BODY}", OLD_NAME)
    outcome = import_bytes(WORK_CONFERENCE.encode(), OLD_NAME)
    assert (outcome.status, outcome.of) == ("near_duplicate", first.pk)
    assert Speech.objects.filter(speaker__name="林知远").count() == 1


@pytest.mark.django_db
def test_an_undated_state_of_a_yearly_speech_waits_for_an_editor() -> None:
    first = store(WORK_CONFERENCE, OLD_NAME)
    undated = f"{HEADS['same']}\n\n{LIKE_BODY}".replace("（2023年5月6日）\n", "")
    outcome = import_bytes(undated.encode(), OLD_NAME)
    assert (outcome.status, outcome.of) == ("near_duplicate", first.pk)


@pytest.mark.django_db
def test_of_two_speeches_with_one_body_a_copy_finds_its_own() -> None:
    store(WORK_CONFERENCE, "a.txt")
    other = store(f"{HEADS['other']}\n\n{BODY}", "b.txt")
    again = import_bytes(f"{HEADS['other']}\n\n\n{BODY}".encode(), "c.txt")
    assert (again.status, again.of) == ("duplicate", other.pk)


@pytest.mark.django_db
def test_a_file_whose_misread_head_was_corrected_is_still_known_by_what_it_says() -> None:
    speech = store(WORK_CONFERENCE, OLD_NAME)
    editing.correct(speech, {"speaker": "林致远"}, {})
    outcome = import_bytes(WORK_CONFERENCE.replace(BODY, LIKE_BODY).encode(), OLD_NAME)
    assert (outcome.status, outcome.speech) == ("imported", speech.pk)
    speech.refresh_from_db()
    assert speech.speaker is not None
    assert speech.speaker.name == "林致远"


@pytest.mark.django_db
def test_a_title_typed_beside_a_pasted_text_counts_as_its_head() -> None:
    first = store(WORK_CONFERENCE, OLD_NAME)
    title = "在白榆县人大工作会议上的讲话"
    outcome = take_text(BODY.encode(), "粘贴.txt", make_editor(), title=title)
    assert (outcome.status, outcome.of) == ("near_duplicate", first.pk)
    assert get_speech(outcome).title == title


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_command_keeps_both_and_search_finds_the_other_by_its_speaker(tmp_path: Path) -> None:
    search.rebuild_index()
    for number, head in enumerate(("same", "other")):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "讲话.txt").write_text(f"{HEADS[head]}\n\n{BODY}", "utf-8")
    out = StringIO()
    call_command("import_speeches", str(tmp_path), "--json", stdout=out)
    first, second = map(json.loads, out.getvalue().splitlines())
    assert (first["status"], second["status"]) == ("imported", "near_duplicate")
    assert (second["of"], second["speech"] != first["speech"]) == (first["speech"], True)
    found = StringIO()
    call_command("search", "讲话人:何远川", "--json", stdout=found)
    assert json.loads(found.getvalue())["total"] == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_files_of_one_body_at_once_lose_no_head() -> None:
    texts = [
        f"{HEADS['same']}\n\n{BODY}",
        f"{HEADS['same']}\n\n\n{BODY}",
        f"{HEADS['other']}\n\n{BODY}",
    ]
    outcomes: list[ImportOutcome] = []
    start = threading.Barrier(len(texts))

    def run(text: str) -> None:
        try:
            start.wait()
            outcomes.append(import_bytes(text.encode(), OLD_NAME))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.status for one in outcomes) == ["duplicate", "imported", "near_duplicate"]
    speakers = Speech.objects.order_by("speaker__name").values_list("speaker__name", flat=True)
    assert list(speakers) == ["何远川", "林知远"]
