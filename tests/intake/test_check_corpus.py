"""manage.py check_corpus."""

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

import search
from corpus_app.catalog import uploads
from corpus_app.catalog.models import Kinship, Revision, Section, Speech, Upload
from corpus_app.catalog.packed import pack_text
from corpus_app.intake.models import SampledShingle, TextSignature
from corpus_app.intake.revisions.filling.merging import fill_gaps
from corpus_app.intake.revisions.joining import part
from corpus_app.slogans.models import Mention
from corpus_app.themes.models import Theme, ThemeTerm
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.intake.text_reuse.texts import COPY
from tests.search.factories import lose_entry

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def run(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    out = StringIO()
    code = 0
    try:
        call_command("check_corpus", "--json", *arguments, stdout=out)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.UPLOADS_DIR = tmp_path / "uploads"


@pytest.fixture
def speech(folder: None) -> Speech:
    search.rebuild_index()
    return store(WORK_CONFERENCE)


def list_codes(found: list[dict[str, Any]]) -> set[str]:
    return {finding["code"] for finding in found}


def test_a_sound_corpus_has_no_differences(speech: Speech) -> None:
    assert run() == (0, [])


def test_missing_and_changed_bytes_are_found_and_cannot_be_mended(speech: Speech) -> None:
    path = uploads.locate_bytes(Upload.objects.get().sha256)
    path.write_bytes(b"other")
    code, found = run("--repair")
    assert (code, list_codes(found)) == (1, {"bytes_changed"})
    path.unlink()
    code, found = run("--repair")
    assert (code, list_codes(found)) == (1, {"bytes_missing"})


def test_bytes_without_a_row_are_moved_aside_not_deleted(speech: Speech, settings) -> None:  # type: ignore[no-untyped-def]
    sha256 = uploads.hash_bytes(b"stray")
    uploads.write_bytes(uploads.locate_bytes(sha256), b"stray")
    assert run()[0] == 1
    code, found = run("--repair")
    assert (code, list_codes(found)) == (0, {"bytes_unclaimed"})
    assert (settings.UPLOADS_DIR / "unreferenced" / sha256).read_bytes() == b"stray"
    assert run() == (0, [])


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        ({"end": 10**6}, "section_out_of_range"),
        ({"start": 0, "end": 0}, "text_uncovered"),
    ],
)
def test_a_damaged_outline_is_found_and_derived_again(
    speech: Speech, damage: dict[str, int], code: str
) -> None:
    before = list(Section.objects.values_list("key", "start", "end"))
    Section.objects.filter(key=before[-1][0]).update(**damage)
    exit_code, found = run()
    assert exit_code == 1
    assert code in list_codes(found)
    exit_code, found = run("--repair")
    assert exit_code == 0
    assert all(finding["repaired"] for finding in found)
    assert list(Section.objects.values_list("key", "start", "end")) == before
    assert run() == (0, [])


def test_a_text_that_is_not_its_raw_text_is_found(speech: Speech) -> None:
    revision = Revision.objects.get()
    Revision.objects.update(raw=revision.raw.replace("青芜县", "青无县"))
    code, found = run("--repair")
    assert code == 1
    assert "untraceable" in list_codes(found)
    # What was received is packed against the text: beside another one it cannot be read.
    Revision.objects.filter(pk=revision.pk).update(text="别的话。")
    assert "untraceable" in list_codes(run()[1])


def test_a_damaged_text_is_found_and_hides_no_other(speech: Speech) -> None:
    other = store(TRAINING)
    packed = bytearray(pack_text(Revision.objects.get(speech=speech).text))
    packed[-9] ^= 1
    Revision.objects.filter(speech=speech).update(text=bytes(packed))
    code, found = run()
    assert code == 1
    assert [one["speech"] for one in found if one["code"] == "untraceable"] == [speech.pk]
    assert Speech.objects.get(pk=other.pk).current.text


def test_outdated_tags_mentions_and_fingerprints_are_derived_again(speech: Speech) -> None:
    theme = Theme.objects.create(slug="a", name="代表家站")
    ThemeTerm.objects.create(theme=theme, text="代表家站", weight=3)
    Mention.objects.all().delete()
    TextSignature.objects.all().delete()
    expected = {"tags_outdated", "mentions_outdated", "fingerprint_outdated"}
    code, found = run()
    assert code == 1
    assert list_codes(found) >= expected
    assert run("--repair")[0] == 0
    assert theme.tags.exists()
    assert Mention.objects.exists()
    assert run() == (0, [])


def test_an_index_that_lags_is_found_and_mended(speech: Speech) -> None:
    lose_entry(speech)
    code, found = run()
    assert code == 1
    assert {finding["area"] for finding in found} == {"index"}
    assert run("--repair")[0] == 0
    assert run() == (0, [])


def delete_index(folder: Path) -> None:
    shutil.rmtree(folder)


def damage_manifest(folder: Path) -> None:
    (folder / "arrays" / "manifest.json").write_text("{", encoding="utf-8")


def age_stamp(folder: Path) -> None:
    manifest = folder / "arrays" / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(content | {"stamp": "rules of old"}), encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "words"),
    [(delete_index, "尚未建立"), (damage_manifest, "损坏"), (age_stamp, "旧的规则")],
)
def test_an_index_deleted_damaged_or_outdated_is_said_and_built_again(
    harm: Callable[[Path], None], words: str, speech: Speech, settings, client: Client
) -> None:  # type: ignore[no-untyped-def]
    harm(Path(settings.INDEX_DIR))
    assert "site-status" in client.get("/search/?q=代表").content.decode()
    assert client.get("/healthz").status_code == 503
    code, (finding,) = run()
    assert code == 1
    assert words in finding["message"]
    assert run("--repair")[0] == 0
    assert run() == (0, [])
    assert "site-status" not in client.get("/search/?q=代表").content.decode()


def test_a_withdrawn_speech_in_the_index_is_found_and_mended(speech: Speech) -> None:
    Speech.objects.update(status="withdrawn")
    assert run()[0] == 1
    assert run("--repair")[0] == 0
    assert run() == (0, [])


def test_the_report_is_in_words() -> None:
    search.rebuild_index()
    out = StringIO()
    call_command("check_corpus", stdout=out)
    assert "数据库、原始文件与索引一致" in out.getvalue()


def test_lost_sketches_are_made_again_and_kin_found_anew(speech: Speech) -> None:
    store(COPY, "copy.txt")
    assert run() == (0, [])
    SampledShingle.objects.all().delete()
    Kinship.objects.all().delete()
    code, found = run("--repair")
    assert (code, list_codes(found)) == (0, {"fingerprint_outdated", "doubts_outdated"})
    assert Kinship.objects.count() == 1
    assert run() == (0, [])


def test_speeches_filled_joined_and_parted_leave_a_sound_corpus(speech: Speech) -> None:
    joining = fill_gaps(store(COPY, "copy.txt"), speech)
    assert run() == (0, [])
    part(joining)
    assert run() == (0, [])
