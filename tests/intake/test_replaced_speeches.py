"""Speeches that release 0.1.0 lost under another one's file: found, told, and parted again."""

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command

from corpus_app.catalog.models import Kinship, Speech, Upload
from corpus_app.catalog.services import revise_speech
from corpus_app.catalog.uploads import keep_upload
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.intake.checking.finding import Finding
from corpus_app.intake.checking.replaced_speeches import check_replaced_speeches
from corpus_app.intake.importing.setting_apart import set_apart
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.derived import derive
from corpus_app.intake.revisions.joining import JoiningError, absorb
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.intake.people import enter

pytestmark = pytest.mark.django_db
BODY = WORK_CONFERENCE.partition("\n\n")[2]
OTHER = f"在白榆县人大工作会议上的讲话\n（2021年4月2日）\n白榆县人大常委会主任 何远川\n\n{BODY}"
OTHER_AGAIN = OTHER.replace("二十二个站点", "二十四个站点")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.UPLOADS_DIR = tmp_path / "uploads"


def replace_as_before(speech: Speech, text: str, name: str = "讲话.txt") -> Upload:
    """Do what 0.1.0 did with a file of a known name and a like text."""
    data = text.encode()
    upload = keep_upload(data, name)
    draft = parse_bytes(data, name)
    revise_speech(speech, draft, upload, f"重新导入“{name}”")
    derive(speech, slogans=draft.slogans)
    return upload


def drop_as_before(speech: Speech, text: str, name: str = "抄件.txt") -> Upload:
    """Do what 0.1.0 did with a file of known words."""
    upload = keep_upload(text.encode(), name)
    upload.copy_of = speech
    upload.save()
    return upload


def check() -> list[Finding]:
    return list(check_replaced_speeches(repair=False))


def name_speaker(speech: Speech) -> str:
    return Speech.objects.values_list("speaker__name", flat=True).get(pk=speech.pk)


def test_a_sound_corpus_a_corrected_file_and_a_copy_are_nothing_to_tell() -> None:
    speech = store(WORK_CONFERENCE, "讲话.txt")
    store(WORK_CONFERENCE.replace("二十二个", "二十三个"), "讲话.txt")
    store(WORK_CONFERENCE.replace("二十二个", "二十三个") + "\n\n", "别名.txt")
    speech.refresh_from_db()
    assert (speech.revisions.count(), speech.copies.count()) == (2, 1)
    assert check() == []


def test_a_replaced_speech_is_told_with_the_way_to_mend_it() -> None:
    speech = store(WORK_CONFERENCE, "讲话.txt")
    replace_as_before(speech, OTHER)
    (finding,) = check()
    assert (finding.code, finding.speech, finding.repaired) == ("speech_replaced", speech.pk, False)
    for words in ("第 2 版", "何远川／林知远", f"/intake/{speech.pk}/", "另立为一篇"):
        assert words in finding.message


def test_parting_gives_each_speech_its_text_its_head_and_its_readers_back() -> None:
    speech = store(WORK_CONFERENCE, "讲话.txt")
    upload = replace_as_before(speech, OTHER)
    assert name_speaker(speech) == "何远川"
    made = set_apart(speech, upload)
    speech.refresh_from_db()
    assert (name_speaker(speech), speech.delivered) == ("林知远", "2023-05-06")
    assert (name_speaker(made), made.delivered) == ("何远川", "2021-04-02")
    assert (speech.status, made.status) == ("published", "published")
    assert [r.number for r in speech.revisions.all()] == [r.number for r in made.revisions.all()]
    assert made.current is not None
    assert made.current.upload == upload
    assert Kinship.objects.filter(speech=speech, other=made).exists()
    assert check() == []


def test_what_people_corrected_goes_with_the_speech_that_stood_there() -> None:
    speech = store(WORK_CONFERENCE, "讲话.txt")
    editing.correct(speech, {"occasion": "青芜县人大工作会议（第二场）"}, {})
    upload = replace_as_before(speech, OTHER)
    editing.correct(speech, {"speaker_role": "白榆县人大常委会党组书记"}, {})
    made = set_apart(Speech.objects.get(pk=speech.pk), upload)
    speech.refresh_from_db()
    assert speech.occasion == "青芜县人大工作会议（第二场）"
    assert speech.speaker_role == "青芜县人大常委会主任"
    assert made.speaker_role == "白榆县人大常委会党组书记"


def test_files_of_one_other_speech_go_together_and_the_first_stays() -> None:
    speech = store(WORK_CONFERENCE, "讲话.txt")
    upload = replace_as_before(speech, OTHER)
    replace_as_before(speech, OTHER_AGAIN)
    assert len(check()) == 2
    made = set_apart(speech, upload)
    assert (made.revisions.count(), speech.revisions.count()) == (2, 1)
    assert made.current is not None
    assert "二十四个站点" in made.current.text


def test_a_file_in_between_is_parted_and_the_text_of_today_stays() -> None:
    speech = store(WORK_CONFERENCE, "讲话.txt")
    upload = replace_as_before(speech, OTHER)
    replace_as_before(speech, WORK_CONFERENCE.replace("二十二个站点", "二十三个站点"))
    made = set_apart(speech, upload)
    speech.refresh_from_db()
    assert speech.current is not None
    assert "二十三个站点" in speech.current.text
    assert name_speaker(made) == "何远川"


def test_a_dropped_file_is_told_and_becomes_a_draft_of_its_own() -> None:
    speech = store(WORK_CONFERENCE, "讲话.txt")
    upload = drop_as_before(speech, OTHER)
    (finding,) = check()
    assert (finding.code, finding.speech) == ("speech_dropped", speech.pk)
    made = set_apart(speech, upload)
    upload.refresh_from_db()
    assert (made.status, name_speaker(made), upload.copy_of_id) == ("draft", "何远川", None)
    assert check() == []
    assert store(OTHER, "又来.txt") == made


def test_what_an_editor_joined_is_none_of_it() -> None:
    first, second = store(WORK_CONFERENCE, "a.txt"), store(OTHER, "b.txt")
    joined = absorb(second, first).speech
    assert joined.revisions.count() == 2
    assert check() == []


def test_the_only_text_of_a_speech_cannot_be_parted_from_it() -> None:
    speech = store(WORK_CONFERENCE, "a.txt")
    assert speech.current is not None
    with pytest.raises(JoiningError):
        set_apart(speech, speech.current.upload)
    stranger = store(TRAINING, "b.txt")
    assert stranger.current is not None
    with pytest.raises(JoiningError):
        set_apart(speech, stranger.current.upload)


def list_told() -> Iterator[dict[str, object]]:
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_corpus", "--repair", "--json", stdout=out)
    yield from map(json.loads, out.getvalue().splitlines())


def test_the_command_tells_it_and_repairs_nothing_by_itself() -> None:
    speech = store(WORK_CONFERENCE, "讲话.txt")
    replace_as_before(speech, OTHER)
    told = [one for one in list_told() if one["code"] == "speech_replaced"]
    assert [(one["speech"], one["repaired"]) for one in told] == [(speech.pk, False)]
    assert Speech.objects.count() == 1


def test_an_editor_parts_it_on_the_review_page() -> None:
    speech = store(WORK_CONFERENCE, "讲话.txt")
    upload = replace_as_before(speech, OTHER)
    editor = enter("editor")
    page = editor.get(f"/intake/{speech.pk}/").content.decode()
    assert f'action="/intake/{speech.pk}/files/{upload.pk}/"' in page
    answer = editor.post(f"/intake/{speech.pk}/files/{upload.pk}/", {"action": "apart"})
    made = Speech.objects.get(speaker__name="何远川")
    assert answer["Location"] == f"/intake/{made.pk}/"
    assert "题头矛盾的文件" not in editor.get(f"/intake/{speech.pk}/").content.decode()


def test_an_editor_who_knows_better_is_not_asked_again() -> None:
    speech = store(WORK_CONFERENCE, "讲话.txt")
    upload, copy = replace_as_before(speech, OTHER), drop_as_before(speech, OTHER + "\n")
    assert [one.code for one in check()] == ["speech_replaced"]
    editor = enter("editor")
    editor.post(f"/intake/{speech.pk}/files/{upload.pk}/", {"action": "same"})
    assert check() == []
    page = editor.get(f"/intake/{speech.pk}/").content.decode()
    assert "题头矛盾的文件" not in page
    assert f'action="/intake/{speech.pk}/files/{copy.pk}/"' in page
    assert enter("reader").post(f"/intake/{speech.pk}/files/{copy.pk}/").status_code == 403
