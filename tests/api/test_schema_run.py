"""The whole description tried out: no fault of ours, no answer that it does not tell of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from corpus_app.api.tokens import create_token
from corpus_app.catalog.models import Speech
from corpus_app.slogans.models import Slogan
from corpus_app.wsgi import application
from search import rebuild_index
from tests.batches.sending import send_table

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
RUN = settings(
    max_examples=10,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def schema(corpus: dict[str, Speech]) -> Iterator[Any]:
    """The description, asked through WSGI in the test's own transaction."""
    rebuild_index()
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signal in signals:
        signal.connect(close_old_connections)


def make_headers() -> dict[str, str]:
    """Return the headers of an account that may do everything."""
    user, _made = User.objects.get_or_create(username="program", is_superuser=True)
    return {"Authorization": f"Bearer {create_token(user, '测试')[1]}"}


def try_out(operation: Any, mode: GenerationMode, known: dict[str, Any]) -> set[int]:
    """Ask an address with made-up parameters, known ones put in for those it has.

    Return the statuses of the answers.
    """
    given_statuses = set()

    @given(case=operation.as_strategy(generation_mode=mode))
    @RUN
    def run(case: Any) -> None:
        for place in (case.path_parameters, case.query):
            place |= {name: value for name, value in known.items() if name in place}
        case.headers.update(known.get("headers", {}))
        given_statuses.add(case.call_and_validate(checks=CHECKS).status_code)

    run()
    return given_statuses


def list_operations(schema: Any) -> list[Any]:
    return [schema[path][method] for path in schema for method in schema[path]]


def test_good_requests_get_answers_that_are_described(
    schema: Any, corpus: dict[str, Speech]
) -> None:
    slogan = Slogan.objects.get(text="四个机关")
    pk = corpus["work"].pk
    known = {"speech_id": pk, "key": "2.1", "slug": "duty", "slogan_id": slogan.pk}
    known |= {"speech": pk, "section": "2.1", "start": 0, "end": 9, "revision": 1}
    known |= {"cursor": "", "theme": ["duty"], "after": 0, "other": corpus["training"].pk}
    table = send_table()
    known |= {"upload_id": table.batch_id, "file_id": table.pk, "headers": make_headers()}
    for operation in list_operations(schema):
        statuses = try_out(operation, GenerationMode.POSITIVE, known)
        assert statuses & {200, 202}, f"{operation.path} never answered well: {statuses}"


@pytest.mark.slow
def test_any_id_gets_an_answer_that_is_described(schema: Any) -> None:
    headers = make_headers()
    for operation in list_operations(schema):
        if "{" in operation.path:
            try_out(operation, GenerationMode.POSITIVE, {"headers": headers})


@pytest.mark.slow
def test_bad_requests_get_answers_that_are_described(schema: Any) -> None:
    headers = make_headers()
    for operation in list_operations(schema):
        # A path of words alone can't be wrong, only lead nowhere.
        if len(operation.query) or "_id}" in operation.path:
            try_out(operation, GenerationMode.NEGATIVE, {"headers": headers})
