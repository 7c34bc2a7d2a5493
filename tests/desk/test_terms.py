"""On what terms a speech may be used: its level and licence note go with every copy."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus_app.access.models import UserGroup
from corpus_app.catalog.limits import GROUPS, INTERNAL, PUBLIC, AccessLimit
from corpus_app.catalog.models import Speech
from corpus_app.desk.models import Basket, Entry
from corpus_app.intake.exchange.exporting import Extent, export_corpus
from corpus_app.intake.exchange.importing import import_export
from corpus_app.intake.manifests.columns import find_column
from corpus_app.intake.revisions import editing
from search import rebuild_index
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.pages.test_access import sign_in

pytestmark = pytest.mark.django_db

MARK, NOTE = "仅供内部，请勿外传", "授权说明：经本人审阅，限内部学习"


@pytest.fixture
def speech() -> Speech:
    speech = store(WORK_CONFERENCE)
    editing.correct(speech, {"licence": "经本人审阅，限内部学习"}, {})
    editing.limit_access(speech, AccessLimit(INTERNAL))
    return speech


@pytest.fixture
def editor(client: Client) -> Client:
    sign_in(client, "editor")
    return client


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_page_interface_and_citations_bear_them(editor: Client, speech: Speech) -> None:
    page = read(editor, f"/speeches/{speech.pk}/")
    assert "可见范围：仅供内部" in page
    assert "经本人审阅，限内部学习" in page
    told = editor.get(f"/api/v1/speeches/{speech.pk}").json()
    assert (told["access"], told["licence"]) == ("internal", "经本人审阅，限内部学习")
    cited = read(editor, f"/desk/cite/?speech={speech.pk}&section=1")
    rebuild_index()
    for table in ("/search/export/?q=代表&format=csv", "/concordance/export/?q=代表&format=csv"):
        sheet = b"".join(editor.get(table).streaming_content).decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(sheet))
        assert {(row["可见范围"], row["授权说明"]) for row in rows if row["体裁"]} == {
            ("仅供内部", "经本人审阅，限内部学习")
        }
    # Each form of a citation: words, prose, reference, BibTeX and so on.
    assert cited.count(MARK) >= 9
    assert cited.count(NOTE) >= 9


def test_a_basket_is_marked_on_paper_and_in_every_file(editor: Client, speech: Speech) -> None:
    basket = Basket.objects.create(owner=User.objects.get(), name="备用")
    open_one = store(TRAINING)
    for position, one in enumerate((open_one, speech), 1):
        # Gathered when it was open to all, or under another note: what holds is today's.
        Entry.objects.create(
            basket=basket,
            revision=one.current,
            words="代表",
            position=position,
            notices=["授权说明：旧的。"],
        )
    place = f"/desk/baskets/{basket.pk}"
    assert read(editor, f"{place}/print/").count(MARK) == 2
    assert read(editor, f"{place}/export/txt/").startswith(f"【{MARK}】")
    assert read(editor, f"{place}/export/md/").startswith(f"**{MARK}**")
    assert NOTE in json.loads(read(editor, f"{place}/export/json/"))[1]["note"]
    with zipfile.ZipFile(io.BytesIO(editor.get(f"{place}/export/docx/").content)) as file:
        parts = {name: file.read(name).decode() for name in file.namelist() if "word/" in name}
    headers = [text for name, text in parts.items() if "header" in name and MARK in text]
    assert len(headers) == 2
    assert NOTE in parts["word/footnotes.xml"]
    assert "旧的" not in "".join(parts.values())
    editing.limit_access(speech, AccessLimit(PUBLIC))
    assert MARK not in read(editor, f"{place}/print/")


def test_an_export_says_them_and_names_its_groups(speech: Speech, tmp_path: Path) -> None:
    group = UserGroup.objects.create(name="财经组")
    editing.limit_access(speech, AccessLimit(GROUPS, (group.pk,)))
    export_corpus(tmp_path / "out", Extent([speech.pk], tei=True))
    tei = next(tmp_path.rglob("speech.tei.xml")).read_text("utf-8")
    assert "<licence>经本人审阅，限内部学习</licence><p>仅限指定人员，请勿外传</p>" in tei.replace(
        "\n", ""
    ).replace("  ", "")
    # Elsewhere the numbers are other groups': one that is lacking comes back without members.
    Speech.objects.all().delete()
    speech.current.upload.delete()
    group.delete()
    other = UserGroup.objects.create(pk=group.pk or 1, name="别组")
    back = [told.speech for _name, told in import_export(tmp_path / "out") if told.speech]
    found, made = Speech.objects.get(pk=back[0]), UserGroup.objects.get(name="财经组")
    assert found.limit == AccessLimit(GROUPS, (made.pk,))
    assert found.licence == "经本人审阅，限内部学习"
    assert not made.members.exists()
    assert made != other


def test_editors_set_the_note_by_hand_and_by_table(editor: Client, speech: Speech) -> None:
    review = read(editor, f"/intake/{speech.pk}/")
    assert 'name="licence" value="经本人审阅，限内部学习"' in review
    assert {find_column(head) for head in ("授权说明", "版权", "Licence")} == {"licence"}
