"""One speech or two where tables say the heads, and where a speech was cut out of a file."""

from itertools import product

import pytest

from corpus_app.catalog.models import Speech
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.importing.splitting import list_beginnings, list_parts, split
from corpus_app.intake.importing.storing import ImportOutcome
from corpus_app.intake.manifests.reading import read_manifest
from corpus_app.intake.manifests.recording import NOTHING_GIVEN, GivenMetadata
from corpus_app.intake.revisions.decisions import TableSource
from corpus_app.review.bulk.applying import apply_change, undo_change
from corpus_app.review.bulk.tables import prepare_table
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE
from tests.intake.manifests.tables import write_csv
from tests.intake.test_identification import (
    BODY,
    CELLS,
    FEW,
    HEADS,
    LIKE_BODY,
    NEW_NAME,
    OLD_NAME,
)
from tests.thoroughness import spare

pytestmark = pytest.mark.django_db

HEAD = {
    "same": {
        "title": "在青芜县人大工作会议上的讲话",
        "delivered": "2023-05-06",
        "speaker": "林知远",
        "organisation": "青芜县人大常委会",
    },
    "other": {
        "title": "在白榆县人大工作会议上的讲话",
        "delivered": "2021-04-02",
        "speaker": "何远川",
        "organisation": "白榆县人大常委会",
    },
    "none": {},
}


def give(head: str, line: int) -> GivenMetadata:
    return (
        GivenMetadata(HEAD[head], TableSource("元数据.csv", line, "abc")) if head else NOTHING_GIVEN
    )


def send(text: str, name: str, head: str, line: int = 2) -> ImportOutcome:
    return import_bytes(text.encode(), name, given=give(head, line))


def get_head(speech_id: int | None) -> tuple[str, str]:
    speech = Speech.objects.select_related("speaker").get(pk=speech_id)
    return speech.title, speech.speaker.name if speech.speaker else ""


@pytest.mark.parametrize("cell", spare(CELLS, *FEW), ids=str)
@pytest.mark.parametrize("known_by", ["file", "table"])
def test_a_head_from_a_table_counts_as_one_that_the_file_bears(
    cell: tuple[str, str, bool], known_by: str
) -> None:
    body, head, same_name = cell
    known = WORK_CONFERENCE if known_by == "file" else BODY
    first = send(known, OLD_NAME, "same" if known_by == "table" else "none")
    assert first.status == "imported", first.message
    before = get_head(first.speech)
    text = f"\n{BODY if body == 'same' else LIKE_BODY}"
    outcome = send(text, OLD_NAME if same_name else NEW_NAME, head, line=3)
    assert outcome.status == CELLS[cell][0], outcome.message
    assert get_head(first.speech) == before
    if outcome.status == "near_duplicate":
        assert outcome.speech != first.speech
        if head != "none":
            assert get_head(outcome.speech) == (HEAD[head]["title"], HEAD[head]["speaker"])


@pytest.mark.parametrize(("body", "same_name"), [*product(["same", "like"], [True, False])])
def test_a_table_that_contradicts_the_file_makes_it_another_speech(
    body: str, same_name: bool
) -> None:
    first = send(WORK_CONFERENCE, OLD_NAME, "none")
    text = f"{HEADS['same']}\n\n\n{BODY if body == 'same' else LIKE_BODY}"
    outcome = send(text, OLD_NAME if same_name else NEW_NAME, "other")
    assert (outcome.status, outcome.of) == ("near_duplicate", first.speech)
    assert get_head(first.speech)[1] == "林知远"
    assert get_head(outcome.speech) == (HEAD["other"]["title"], "何远川")


@pytest.mark.parametrize("head", ["same", "other", "none"])
@pytest.mark.parametrize("undone", [False, True])
def test_what_a_table_corrected_later_tells_files_apart_and_its_undo_too(
    head: str, undone: bool
) -> None:
    first = send(WORK_CONFERENCE, OLD_NAME, "none")
    row = [HEAD["other"][name] for name in ("title", "delivered", "speaker", "organisation")]
    row += ["白榆县", "白榆县人大工作会议"]
    heads = ["文件", "标题", "日期", "讲话人", "单位", "地区", "场合"]
    table = write_csv([heads, [OLD_NAME, *row]])
    change = prepare_table(read_manifest(table.encode(), "表.csv"), None)
    assert apply_change(change)
    if undone:
        assert undo_change(change, None)
    outcome = import_bytes(f"{HEADS[head]}\n\n\n{LIKE_BODY}".encode(), "别的名字.txt")
    assert (outcome.status, outcome.of) == ("near_duplicate", first.speech)
    agreeing = {False: "other", True: "same"}[undone]
    assert ("可能是另一篇" in outcome.message or "作为另一篇" in outcome.message) == (
        head not in (agreeing, "none")
    )
    assert get_head(first.speech)[0] == HEAD[agreeing]["title"]


def test_the_same_file_again_is_known_by_what_it_says_though_a_table_corrected_its_head() -> None:
    first = send(WORK_CONFERENCE, OLD_NAME, "none")
    table = write_csv([["文件", "讲话人"], [OLD_NAME, "林致远"]])
    assert apply_change(prepare_table(read_manifest(table.encode(), "表.csv"), None))
    outcome = import_bytes(WORK_CONFERENCE.replace(BODY, LIKE_BODY).encode(), OLD_NAME)
    assert (outcome.status, outcome.speech) == ("imported", first.speech)
    assert get_head(first.speech)[1] == "林致远"


@pytest.mark.parametrize("cell", spare(CELLS, *FEW), ids=str)
def test_a_part_cut_out_of_a_file_is_told_from_others_by_its_head(
    cell: tuple[str, str, bool],
) -> None:
    body, head, same_name = cell
    whole = Speech.objects.get(
        pk=import_bytes(f"{TRAINING}\n\n{WORK_CONFERENCE}".encode(), "合集.txt").speech
    )
    assert whole.current is not None
    cuts = [one.cut for one in list_beginnings(whole.current)]
    assert split(whole, whole.current.pk, cuts, None) == 2
    part = list_parts(whole)[1].speech
    assert part is not None
    assert part.current is not None
    before = get_head(part.pk)
    text = f"{HEADS[head]}\n\n\n{BODY if body == 'same' else LIKE_BODY}"
    name = part.current.upload.name if same_name else NEW_NAME
    outcome = import_bytes(text.encode(), name)
    expected = CELLS[cell][0]
    assert outcome.status == expected, outcome.message
    assert get_head(part.pk) == before
    if expected == "near_duplicate":
        assert outcome.speech not in (part.pk, whole.pk)
