"""An export is readable folders, and import_speeches makes the same corpus of it."""

from __future__ import annotations

import csv
import io
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from lxml import etree

import search
from corpus_app.batches.models import Batch, BatchFile
from corpus_app.catalog.models import (
    Speech,
    Upload,
)
from corpus_app.intake.checking import check_everything
from corpus_app.intake.exchange.tei import NAMESPACE
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.intake.exchange.made_corpus import empty_house, make_corpus
from tests.intake.exchange.stored_rows import read_corpus
from tests.intake.exchange.tei_subset import SUBSET
from tests.intake.scraped import SCRAPED, current
from tests.operations.stores import read_files

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

TEI_SCHEMA = etree.RelaxNG(etree.parse(SUBSET))


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    settings.UPLOADS_DIR = tmp_path / "here/uploads"
    settings.STAGING_DIR = tmp_path / "here/staging"
    return tmp_path / "here"


@pytest.fixture
def _corpus(folder: Path) -> None:
    make_corpus()


def ask() -> list[Any]:
    """Return what readers and editors find."""
    queries = ("代表", "“全过程人民民主”", "主题:代表家站", "提法:最大公约数", "学习 OR 监督")
    found = [search.run_search(search.SearchRequest(text=one, per_page=None)) for one in queries]
    return [(one.total, [(hit.speech_id, hit.score) for hit in one.hits]) for one in found]


def take_back(folder: Path, *arguments: str, fails: bool = False) -> list[dict[str, Any]]:
    """Import an export and return what the command says of each of its parts."""
    out, failed = StringIO(), False
    try:
        call_command("import_speeches", str(folder), "--json", *arguments, stdout=out)
    except SystemExit:
        failed = True
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    refused = [one["message"] for one in told if one["status"] == "refused"]
    assert failed == fails == bool(refused), refused
    return told


def export(folder: Path, *arguments: str) -> None:
    call_command("export_corpus", str(folder), *arguments, stdout=StringIO())


@pytest.mark.usefixtures("_corpus")
def test_what_is_taken_back_is_the_same_corpus(folder: Path, tmp_path: Path) -> None:
    search.rebuild_index()
    answers, found = ask(), check()
    assert [total > 0 for total, _hits in answers[:3]] == [True] * 3
    export(tmp_path / "some", "--query", "代表")
    listed = json.loads((tmp_path / "some/corpus.json").read_text("utf-8"))["speeches"]
    assert 0 < len(listed) < Speech.objects.count(), "withdrawn ones are not found"
    assert not list((tmp_path / "some").glob("r*.json")), "what is found, and no more"
    export(tmp_path / "out", "--tei", "--people")
    check_folders(tmp_path / "out")
    # What is still coming is no part of the corpus, nor are bytes that no speech was made of.
    Batch.objects.exclude(state="done").delete()
    BatchFile.objects.filter(state="refused").update(state="discarded")
    before = read_corpus()
    assert [name for name, rows in before.items() if not rows] == [], "one of each kind"
    files = {name: sha for name, sha in read_files(folder).items() if "uploads/" in name}
    empty_house(folder)
    told = take_back(tmp_path / "out", "--people")
    assert {one["status"] for one in told} == {"imported"}, [one["message"] for one in told]
    after = read_corpus()
    for name in before:
        assert sorted(set(after[name]) ^ set(before[name])) == [], name
        assert after[name] == before[name], name
    assert (ask(), check()) == (answers, found)
    assert read_files(folder) == files
    assert not User.objects.get(username="redaktion").has_usable_password()
    again = take_back(tmp_path / "out", "--people")
    assert {one["status"] for one in again} == {"duplicate"}, again
    assert read_corpus() == after


def check() -> list[tuple[str, int | None]]:
    """Return what check_corpus finds."""
    return [(one.code, one.speech) for one in check_everything()]


def check_folders(whole: Path) -> None:
    """Hold each speech's folder, the table and the documents against what is stored."""
    with pytest.raises(CommandError, match="不是空文件夹"):
        export(whole)
    table = csv.DictReader(io.StringIO((whole / "metadata.csv").read_text("utf-8-sig")))
    for speech, row in zip(Speech.objects.order_by("pk"), table, strict=False):
        told = (row["id"], row["title"], row["status"])
        assert told == (str(speech.pk), speech.title, speech.status)
        place, text = whole / row["folder"], current(speech).text
        assert (place / "text.txt").read_text("utf-8") == text
        assert list((place / "originals").iterdir())
        check_tei(place / "speech.tei.xml", speech, text)
    included = etree.parse(whole / "corpus.tei.xml")
    included.xinclude()
    assert TEI_SCHEMA.validate(included), TEI_SCHEMA.error_log
    assert len(included.findall(f"{{{NAMESPACE}}}TEI")) == Speech.objects.count()
    # All that is pointed at is there, once.
    ids = included.xpath("//@xml:id")
    assert len(ids) == len(set(ids))
    pointed = included.xpath("//@who | //@ref | //@ana")
    assert {one.removeprefix("#") for one in pointed} <= set(ids)
    assert "geheim" not in (whole / "people.json").read_text("utf-8")
    assert "pbkdf2" not in (whole / "people.json").read_text("utf-8")


def check_tei(path: Path, speech: Speech, text: str) -> None:
    """Hold a document against TEI's schema, ParlaMint's order and the speech's words."""
    tree = etree.parse(path)
    assert TEI_SCHEMA.validate(tree), TEI_SCHEMA.error_log
    root = tree.getroot()
    names = {None: NAMESPACE}
    header = root.find("teiHeader", names)
    parts = [etree.QName(part).localname for part in header]
    assert parts == ["fileDesc", "encodingDesc", "profileDesc"]
    described = [etree.QName(part).localname for part in header.find("fileDesc", names)]
    assert described == ["titleStmt", "editionStmt", "extent", "publicationStmt", "sourceDesc"]
    assert header.find("fileDesc/titleStmt/title[@type='main']", names).text == speech.title
    assert root.find("text", names).get("ana") == "#reference"
    (division,) = root.findall("text/body/div", names)
    assert division.get("type") == "debateSection"
    (said,) = division.findall("u", names)
    segments = said.findall("seg", names)
    assert "\n".join(s.text for s in segments) == "\n".join(filter(str.strip, text.split("\n")))
    headed = {s.key: s.heading for s in current(speech).sections.exclude(heading="")}
    numbered = {s.get("n"): s.text for s in segments if s.get("n")}
    assert all(headed[key] in words for key, words in numbered.items())
    assert len(numbered) == len({s.start for s in current(speech).sections.exclude(heading="")})


@pytest.mark.usefixtures("folder")
def test_what_is_damaged_is_refused_and_the_rest_is_taken(tmp_path: Path) -> None:
    for name, text in {"a": TRAINING, "b": WORK_CONFERENCE, "c": SCRAPED}.items():
        store(text, f"{name}.txt")
    export(tmp_path / "out")
    Speech.objects.all().delete()
    Upload.objects.all().delete()
    places = sorted((tmp_path / "out/speeches").iterdir())
    original = next((places[0] / "originals").iterdir())
    original.write_bytes(b"other")
    described = places[1] / "speech.json"
    described.write_text(described.read_text("utf-8").replace('"originals/', '"../'), "utf-8")
    with pytest.raises(CommandError, match="可见范围"):
        call_command("import_speeches", str(tmp_path / "out"), "--access", "internal")
    (tmp_path / "out/rules.json").write_text("[", "utf-8")
    told = take_back(tmp_path / "out", "--draft", fails=True)
    states = [one["status"] for one in told if not one["file"].endswith(".json")]
    assert states == ["refused", "refused", "imported"]
    assert {one["file"] for one in told if one["status"] == "refused"} >= {"rules.json"}
    assert Speech.objects.get().status == "draft"
