"""The description of the interface."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import override

from corpus_app.api.interface import api
from corpus_app.api.openapi import describe_interface
from corpus_app.api.problems import KINDS

pytestmark = pytest.mark.django_db


def list_operations() -> list[tuple[str, dict]]:
    paths = describe_interface()["paths"].items()
    return [(path, operation) for path, one in paths for operation in one.values()]


def test_it_is_served_as_it_is_made(client: Client) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response["Content-Type"] == "application/json"
    assert response.json() == describe_interface()
    assert response.json()["openapi"].startswith("3.1")


def test_every_address_of_the_interface_is_described() -> None:
    served = {
        "/api/v1" + path for router in api._get_bound_routers() for path in router.path_operations
    }
    assert {path for path, _operation in list_operations()} == served


def test_every_address_tells_of_every_problem_that_any_may_answer() -> None:
    for path, operation in list_operations():
        told = set(operation["responses"])
        assert {"400", "401", "404", "405", "422", "429", "500"} <= told, path
        assert told & {"200", "202"}, path
        for status, answer in operation["responses"].items():
            if status[0] in "45":
                assert list(answer["content"]) == ["application/problem+json"]


def test_every_kind_of_problem_is_told_of_somewhere() -> None:
    words = {
        answer["description"]
        for _path, operation in list_operations()
        for answer in operation["responses"].values()
    }
    assert all(any(f"（{code}）" in one for one in words) for code in KINDS)


def test_every_reference_leads_somewhere() -> None:
    schema = describe_interface()

    def check(node: object) -> None:
        if isinstance(node, dict):
            if "$ref" in node:
                assert node["$ref"].rpartition("/")[2] in schema["components"]["schemas"]
            for value in node.values():
                check(value)
        elif isinstance(node, list):
            for value in node:
                check(value)

    check(schema)


def test_every_query_parameter_is_explained() -> None:
    for path, operation in list_operations():
        for parameter in operation["parameters"]:
            if parameter["in"] == "query":
                assert parameter.get("description"), f"{path} {parameter['name']}"


def test_a_token_is_described_as_optional() -> None:
    schema = describe_interface()
    assert schema["security"] == [{}, {"token": []}]
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_a_description_in_one_language_leaves_the_other_as_it_was() -> None:
    chinese = describe_interface()
    with override("en"):
        describe_interface()
    assert describe_interface() == chinese
