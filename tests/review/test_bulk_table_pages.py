"""The pages of tables of metadata: one to fill in, what is refused, words that are no markup."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corpus_app.intake.manifests.reading import read_manifest
from corpus_app.intake.revisions import editing
from corpus_app.review.bulk.tables import prepare_table
from corpus_app.review.models import BulkChange
from tests.catalog.speeches import TRAINING, store
from tests.intake.manifests.tables import write_csv
from tests.intake.people import enter
from tests.review.bulk_client import read
from tests.review.test_bulk_tables import QUEUE, UNDATED, send_table, states

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_table_of_undated_speeches_comes_back_unchanged_and_then_filled_in(kind: str) -> None:
    speech, client = store(UNDATED, "甲.txt"), enter("editor")
    store(TRAINING, "有日期.txt")
    editing.correct(speech, {"subtitle": "-一个  以横线开头的副题", "level": "county"}, {})
    response = client.get(f"/intake/bulk/table/rows/?{QUEUE}&year=0&as={kind}")
    data = b"".join(response) if response.streaming else response.content
    manifest = read_manifest(data, f"表.{kind}")
    assert [row.speech for row in manifest.rows] == [speech.pk]
    change = prepare_table(manifest, None)
    assert states(change) == [(2, "same")]
    assert not change.items.get().faults
    row = manifest.rows[0]
    row.values["delivered"] = "2023-05"
    filled = prepare_table(manifest, None)
    assert filled.items.get().after == {"delivered": "2023-05"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("讲话.csv", "只是一篇讲话".encode()),
        ("空.csv", b""),
        ("坏.xlsx", b"PK\x03\x04broken"),
        ("只有表头.csv", "文件,日期\n".encode()),
    ],
)
def test_what_is_no_table_is_refused_on_the_page(name: str, data: bytes) -> None:
    client = enter("editor")
    response = client.post("/intake/bulk/table/", {"table": SimpleUploadedFile(name, data)})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not BulkChange.objects.exists()


def test_names_of_files_and_cells_are_words_on_the_page_and_no_markup() -> None:
    store(UNDATED, "甲.txt")
    client = enter("editor")
    rows = [["文件", "场合", "<b>页"], ["甲.txt", "<script>alert(1)</script>", ""]]
    send_table(client, rows, "<i>表.csv")
    page = read(client, BulkChange.objects.get())
    assert "<script>alert(1)" not in page
    assert "<b>页" not in page
    assert "<i>表" not in page


def test_many_rows_are_planned_by_few_queries(django_assert_max_num_queries: Any) -> None:
    store(UNDATED, "甲.txt")
    rows = [["文件", "场合"], *([f"没有{number}.txt", "甲会"] for number in range(2000))]
    manifest = read_manifest(write_csv(rows).encode(), "表.csv")
    with django_assert_max_num_queries(40):
        change = prepare_table(manifest, None)
    assert change.items.count() == 2000
