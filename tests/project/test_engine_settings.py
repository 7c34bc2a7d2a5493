"""Settings of the search engine that cannot be meant stop the start and say why."""

from __future__ import annotations

from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from corpus_app import engine_settings
from corpus_app.engine_settings import read_engine

ONE = "http://10.0.0.1:8983/solr/yanku"


@pytest.fixture(autouse=True)
def _client_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ModuleSpec("pysolr", None)
    monkeypatch.setattr(engine_settings.importlib.util, "find_spec", lambda _name: found)


def test_without_a_word_this_host_s_files_answer(tmp_path: Path) -> None:
    assert read_engine(tmp_path, {})["PATH"] == str(tmp_path / "whoosh")


def test_the_nodes_of_a_cloud_share_a_collection(tmp_path: Path) -> None:
    asked = {"CORPUS_ENGINE": "solr", "CORPUS_SOLR_URL": f"{ONE}, https://two/solr/yanku/"}
    read = read_engine(tmp_path, asked)
    assert read["NODES"] == ["http://10.0.0.1:8983/solr", "https://two/solr"]
    assert (read["COLLECTION"], read["READ_SECONDS"]) == ("yanku", 2)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"CORPUS_ENGINE": "lucene"}, "whoosh, solr"),
        ({"CORPUS_ENGINE": "solr"}, "needs CORPUS_SOLR_URL"),
        ({"CORPUS_SOLR_URL": ONE}, "CORPUS_ENGINE is not solr"),
        ({"CORPUS_ARRAYS": "off"}, "CORPUS_ENGINE is not solr"),
        ({"CORPUS_ENGINE": "solr", "CORPUS_SOLR_URL": "10.0.0.1:8983"}, "with the collection"),
        ({"CORPUS_ENGINE": "solr", "CORPUS_SOLR_URL": "http://a:8983/solr"}, "with the collection"),
        ({"CORPUS_ENGINE": "solr", "CORPUS_SOLR_URL": "http://a:b/solr/x"}, "with the collection"),
        ({"CORPUS_ENGINE": "solr", "CORPUS_SOLR_URL": f"{ONE},http://b/solr/z"}, "same collection"),
        (
            {"CORPUS_ENGINE": "solr", "CORPUS_SOLR_URL": ONE, "CORPUS_SOLR_SECONDS": "0"},
            "CORPUS_SOLR_SECONDS",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, asked: dict[str, str], told: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=told):
        read_engine(tmp_path, asked)


def test_a_client_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_settings.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ImproperlyConfigured, match="make solr"):
        read_engine(tmp_path, {"CORPUS_ENGINE": "solr", "CORPUS_SOLR_URL": ONE})
