"""What is answered when something is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from corpus_app.api.problems import KINDS
from search import IndexProblem
from tests.api.conftest import Ask

pytestmark = pytest.mark.django_db

METHODS = ("post", "put", "patch", "delete", "options")


def test_a_problem_says_what_is_wrong_in_chinese(ask: Ask) -> None:
    problem = ask("/speeches", 422, year="abc", limit=101)
    assert problem["title"] == "参数有误"
    assert problem["type"] == "/api/v1/#problem-parameters"
    assert {error["parameter"]: error["message"] for error in problem["errors"]} == {
        "year": "应为整数",
        "limit": "不得大于 100",
    }
    assert problem["instance"] == "/api/v1/speeches?year=abc&limit=101"


@pytest.mark.parametrize(
    ("path", "params", "parameter", "words"),
    [
        ("/speeches", {"level": "village"}, "level", "只能是 national、province"),
        ("/speeches", {"theme": "nothing"}, "theme", "没有主题 nothing"),
        ("/speeches", {"jahr": "2023"}, "jahr", "不认识的参数 jahr"),
        ("/speeches/1", {"revision": "1"}, "revision", "不认识的参数"),
        ("/search", {"unit": "word"}, "unit", "只能是 'speech'、'section'"),
        ("/search", {"facets": "perhaps"}, "facets", "应为 true 或 false"),
        ("/trends", {"expression": ["词"] * 9}, "expression", "最多 8 个"),
        ("/concordance", {"q": "词", "context": 9}, "context", "不得小于 10"),
        ("/collocates", {"q": "词", "measure": "chance"}, "measure", "只能是 'log-likelihood'"),
        ("/ngrams", {"unit": "char", "n": "1..3"}, "n", "字 2 到 12 个"),
        ("/keywords", {"reference_level": "village"}, "reference_level", "只能是 national"),
        ("/speeches/0", {}, "speech_id", "不得小于 1"),
        ("/speeches/99999999999999999999", {}, "speech_id", "不得大于"),
        ("/suggestions", {"q": ""}, "q", "至少 1 字"),
    ],
)
def test_a_refused_parameter_is_named(
    ask: Ask, path: str, params: dict[str, Any], parameter: str, words: str
) -> None:
    (error,) = ask(path, 422, **params)["errors"]
    assert error["parameter"] == parameter
    assert words in error["message"]


@pytest.mark.parametrize(
    "path", ["/nothing", "/speeches/", "/speeches/1/2/3", "/a\nb", "/themes/x"]
)
def test_an_address_that_is_none_gets_a_problem(ask: Ask, path: str) -> None:
    assert ask(path, 404)["code"] == "missing"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["/speeches", "/openapi.json", "/nothing"])
def test_nothing_is_taken_but_get_and_head(method: str, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = getattr(strict, method)(f"/api/v1{path}")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert json.loads(response.content)["code"] == "method"


def test_head_answers_as_get_without_a_body(client: Client) -> None:
    response = client.head("/api/v1/speeches")
    assert (response.status_code, response.content) == (200, b"")
    assert client.head("/api/v1/nothing").status_code == 404


def test_a_fault_of_ours_is_a_problem_and_is_logged(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: Any, **more: Any) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("corpus_app.api.endpoints.searching.run_search", fail)
    problem = ask("/search", 500, q="词")
    assert problem["code"] == "fault"
    assert "broken" not in json.dumps(problem)
    assert "broken on purpose" in caplog.text


def test_an_index_that_cannot_answer_is_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **more: Any) -> None:
        raise IndexProblem("damaged")

    monkeypatch.setattr("corpus_app.api.endpoints.searching.run_search", fail)
    assert ask("/search", 503, q="词")["code"] == "index"


def test_too_many_parameters_are_refused(client: Client) -> None:
    response = client.get("/api/v1/speeches?" + "&".join(["year=2023"] * 1100))
    assert response.status_code == 400
    assert json.loads(response.content)["code"] == "request"


def test_a_search_without_an_index_is_stale_and_no_error(ask: Ask) -> None:
    assert ask("/search", q="词")["stale"] is True
    assert ask("/concordance", q="词")["stale"] is True
    assert ask("/trends", expression="词")["stale"] is True


def test_every_kind_of_problem_has_a_title_in_chinese() -> None:
    with override("zh-hans"):
        assert all(any("一" <= sign <= "鿿" for sign in str(t)) for _s, t in KINDS.values())
