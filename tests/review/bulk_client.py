"""What an editor asks of a bulk change's pages."""

from __future__ import annotations

from typing import Any

from django.test import Client

from corpus_app.review.models import BulkChange


def send(client: Client, **posted: Any) -> Any:
    return client.post("/intake/bulk/new/", posted)


def run(client: Client, change: BulkChange, action: str) -> Any:
    return client.post(f"/intake/bulk/{change.pk}/run/", {"action": action})


def read(client: Client, change: BulkChange, **params: str) -> str:
    return client.get(f"/intake/bulk/{change.pk}/", params).content.decode()
