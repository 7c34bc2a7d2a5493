"""The health report."""

import shutil

import pytest
from django.db import DatabaseError
from django.test import Client

import search
from corpus_app.intake import health

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_all_is_well_with_database_index_and_disk(client: Client) -> None:
    search.rebuild_index()
    response = client.get("/healthz")
    assert response.status_code == 200
    body = response.json()
    assert body["status"] == "ok"
    assert {name for name, part in body.items() if name != "status" and part["ok"]} == {
        "database",
        "index",
        "disk",
    }
    assert "no-store" in response.headers["Cache-Control"]


def test_a_missing_index_is_reported(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    search.rebuild_index()
    shutil.rmtree(settings.INDEX_DIR)
    try:
        response = client.get("/healthz")
        assert response.status_code == 503
        assert response.json()["index"]["ok"] is False
    finally:
        search.rebuild_index()


def test_a_full_disk_is_reported(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 2**62)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["disk"]["ok"] is False


def test_a_failing_database_is_reported_and_nothing_else_said(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise DatabaseError("secret detail")

    monkeypatch.setattr(health.Speech.objects, "real", fail)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["database"] == {"ok": False}
    assert "secret" not in response.content.decode()
