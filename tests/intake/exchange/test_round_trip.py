"""An export is readable folders, and import_speeches makes the same corpus of it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from lxml import etree

import search
from corpus_app.catalog.models import Speech, SpeechAlias, Upload
from corpus_app.intake.exchange.exporting import describe_speech
from corpus_app.intake.exchange.tei import NAMESPACE
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.models import Doubt
from corpus_app.intake.revisions.editing import correct, publish, refuse_mention, save_pin, withdraw
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.slogans.models import Mention
from corpus_app.themes.models import SectionTheme, Theme, ThemePin
from tests.intake.long_speeches import store_outlined
from tests.intake.scraped import current, take
from tests.operations.stores import read_files
from tests.places import ROOT

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SAMPLES = sorted((ROOT / "fixtures/speeches").iterdir())[:2]


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    settings.UPLOADS_DIR = tmp_path / "here/uploads"
    return tmp_path / "here"


@pytest.fixture
def _corpus(folder: Path) -> None:
    """Speeches on which people decided of every kind."""
    person = User.objects.create_user("redaktion")
    theme = Theme.objects.create(slug="station", name="代表家站")
    store_outlined()
    for path in SAMPLES:
        import_bytes(path.read_bytes(), path.name, user=person)
    decided, other = Speech.objects.order_by("-pk")[:2]
    correct(decided, {"speaker": "顾闻川", "delivered": "2024-05"}, {theme.pk: "pin"})
    save_pin(ThemePin(theme=theme, speech=decided, section_key="1", decision="exclude"))
    revision = current(decided)
    words = revision.text.split("\n")[1][:6]
    revise_text(decided, revision.number, [], [take(revision.raw, words)])
    mention = current(decided).mentions.first()
    if mention is not None:
        refuse_mention(current(decided), mention.start, mention.end, person)
    withdraw(other)
    publish(decided)
    SpeechAlias.objects.create(old_id=999, speech=decided)
    Upload.objects.filter(revisions__speech=other).update(received_at="2020-01-01T00:00:00Z")
    Doubt.objects.filter(speech=decided).update(looked_by=person, looked_at="2024-01-01T00:00:00Z")


def describe_all() -> dict[str, Any]:
    """Return every stored value, and every finding by the numbers of speeches and sections."""
    speeches = Speech.objects.order_by("pk")
    mentions = Mention.objects.filter(revision__speech__current=F("revision")).order_by(
        "revision__speech", "start", "slogan__text"
    )
    shown = SectionTheme.objects.filter(section__revision__speech__current=F("section__revision"))
    tags = shown.order_by("section__revision__speech", "section__key", "theme")
    places = ("section__revision__speech", "section__key", "theme__slug", "bearing")
    return {
        "speeches": json.loads(json.dumps([describe_speech(s) for s in speeches], default=str)),
        "mentions": list(mentions.values_list("revision__speech", "slogan__text", "start", "end")),
        "tags": list(tags.values_list(*places)),
    }


def export(folder: Path, *arguments: str) -> None:
    call_command("export_corpus", str(folder), *arguments, stdout=StringIO())


@pytest.mark.usefixtures("_corpus")
def test_what_is_taken_back_is_the_same_corpus(folder: Path, tmp_path: Path) -> None:
    before, files = describe_all(), read_files(folder)
    assert before["mentions"]
    assert any(one["decisions"] for s in before["speeches"] for one in s["revisions"])
    export(tmp_path / "out", "--tei")
    with transaction.atomic():
        Speech.objects.all().delete()
        Upload.objects.all().delete()
    shutil.rmtree(folder)
    search.rebuild_index()
    out = StringIO()
    try:
        call_command("import_speeches", str(tmp_path / "out"), "--json", stdout=out)
    except SystemExit:
        print(out.getvalue())
        raise
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [one["status"] for one in told] == ["imported"] * 3, told
    after = describe_all()
    for one, other in zip(before["speeches"], after["speeches"], strict=True):
        # When it was stored again is no value of the speech's.
        assert {**other, "changed_at": one["changed_at"]} == one
    assert (after["mentions"], after["tags"]) == (before["mentions"], before["tags"])
    assert read_files(folder) == files
    call_command("check_corpus", stdout=StringIO())
    with StringIO() as again:
        call_command("import_speeches", str(tmp_path / "out"), "--json", stdout=again)
        assert again.getvalue().count('"duplicate"') == 3


@pytest.mark.usefixtures("_corpus")
def test_a_folder_holds_text_original_table_and_tei(folder: Path, tmp_path: Path) -> None:
    search.rebuild_index()
    export(tmp_path / "some", "--query", "代表")
    listed = json.loads((tmp_path / "some/corpus.json").read_text("utf-8"))["speeches"]
    assert 0 < len(listed) < 3, "withdrawn ones are not found"
    export(tmp_path / "all", "--tei")
    with pytest.raises(CommandError, match="不是空文件夹"):
        export(tmp_path / "all")
    table = (tmp_path / "all/metadata.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))[:3]
    for row, speech in zip(rows, Speech.objects.order_by("pk"), strict=True):
        assert (row["id"], row["title"], row["status"]) == (
            str(speech.pk),
            speech.title,
            speech.status,
        )
        place = tmp_path / "all" / row["folder"]
        text = current(speech).text
        assert (place / "text.txt").read_text("utf-8") == text
        assert list((place / "originals").iterdir())
        check_tei(place / "speech.tei.xml", speech, text)
    included = etree.parse(tmp_path / "all/corpus.tei.xml")
    included.xinclude()
    assert len(included.findall(f"{{{NAMESPACE}}}TEI")) == 3


def check_tei(path: Path, speech: Speech, text: str) -> None:
    """Hold a document against the elements that ParlaMint's schema asks for, in their order."""
    root = etree.parse(path).getroot()
    names = {None: NAMESPACE}
    assert root.tag == f"{{{NAMESPACE}}}TEI"
    header = root.find("teiHeader", names)
    parts = [etree.QName(part).localname for part in header]
    assert parts == ["fileDesc", "encodingDesc", "profileDesc"]
    described = [etree.QName(part).localname for part in header.find("fileDesc", names)]
    assert described == ["titleStmt", "extent", "publicationStmt", "sourceDesc"]
    assert header.find("fileDesc/titleStmt/title[@type='main']", names).text == speech.title
    assert root.find("text", names).get("ana") == "#reference"
    (division,) = root.findall("text/body/div", names)
    assert division.get("type") == "debateSection"
    (said,) = division.findall("u", names)
    if speech.speaker:
        who = said.get("who").removeprefix("#")
        person = header.find("profileDesc/particDesc/listPerson/person", names)
        assert person.get("{http://www.w3.org/XML/1998/namespace}id") == who
    segments = said.findall("seg", names)
    assert "\n".join(s.text for s in segments) == "\n".join(filter(str.strip, text.split("\n")))
    ids = root.xpath("//@xml:id")
    assert len(ids) == len(set(ids))


@pytest.mark.usefixtures("_corpus")
def test_a_damaged_speech_is_refused_and_the_others_are_taken(folder: Path, tmp_path: Path) -> None:
    export(tmp_path / "out")
    Speech.objects.all().delete()
    Upload.objects.all().delete()
    places = sorted((tmp_path / "out/speeches").iterdir())
    original = next((places[0] / "originals").iterdir())
    original.write_bytes(b"other")
    described = places[1] / "speech.json"
    described.write_text(described.read_text("utf-8").replace('"originals/', '"../'), "utf-8")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_speeches", str(tmp_path / "out"), "--draft", "--json", stdout=out)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [one["status"] for one in told] == ["refused", "refused", "imported"]
    assert Speech.objects.get().status == "draft"
