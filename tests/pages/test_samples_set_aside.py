"""Invented samples beside real speeches are in no number, no list and no finding."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import urlencode

import search
from corpus_app.catalog.models import Speech
from corpus_app.catalog.samples import list_sample_files
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.importing.shipped import load_registries, remove_samples
from corpus_app.intake.revisions import editing
from corpus_app.slogans.models import Mention, Slogan
from corpus_app.slogans.querysets import find_uses
from corpus_app.themes.models import SectionTheme
from search.suggest.corpus import forget_suggestions
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db

Commit = Callable[[Callable[[], Any]], Any]
WORDS = ("全过程人民民主", "代表家站", "代表", "监督")
COUNT = 3
FACETS = {"year": "date_start__year", "level": "level", "genre": "genre"}
REPORT = """在青芜县人大常委会第三次会议上的讲话
（2019年12月3日）
青芜县人大常委会副主任 沈知远

各位委员：
一、加强监督
要把监督落到实处，发展全过程人民民主，办好代表家站。
二、加强学习
要打造“四个机关”，坚持“民有所呼、我有所应”。
"""


@pytest.fixture
def samples() -> list[Speech]:
    load_registries()
    for path in list_sample_files()[3 : 3 + COUNT]:
        import_bytes(path.read_bytes(), path.name)
    Speech.objects.update(status="published")
    search.rebuild_index()
    return list(Speech.objects.all())


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Commit:
    """Do what is given, and what is to be done once it stands."""

    def run(act: Callable[[], Any]) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return act()

    return run


@pytest.fixture
def real(samples: list[Speech], commit: Commit) -> list[Speech]:
    assert all(one.is_sample for one in samples)
    texts = enumerate((WORK_CONFERENCE, TRAINING, REPORT))
    stored = [commit(partial(store, text, f"{at}.txt")) for at, text in texts]
    assert {one.status for one in stored} == {"published"}
    return stored


@pytest.fixture(autouse=True)
def _read_suggestions_anew() -> Iterator[None]:
    yield
    forget_suggestions()


def count_in(speech: Speech, words: str) -> int:
    """Return how often the words stand in title, subtitle and text, overlaps counted."""
    assert speech.current
    parts = ["".join(p.split()) for p in (speech.title, speech.subtitle, speech.current.text)]
    return sum(part.startswith(words, at) for part in parts for at in range(len(part)))


def ask(client: Client, address: str, **given: str) -> Any:
    response = client.get(f"{address}?{urlencode(given)}")
    assert response.status_code == 200, (address, given)
    return response.json()


def test_with_samples_alone_all_is_as_a_newcomer_meets_it(
    client: Client, samples: list[Speech]
) -> None:
    assert search.run_search(search.SearchRequest(text="代表")).corpus.speeches == len(samples)
    assert ask(client, "/api/v1/speeches")["total"] == len(samples)
    page = client.get("/speeches/").content.decode()
    assert "示例文稿均为虚构" in page
    assert "另有示例文稿" not in page
    assert client.get("/speeches/?samples=1").content.decode().count("speech-line-title") == 0


def test_every_number_is_what_a_scan_of_the_real_ones_counts(
    client: Client, samples: list[Speech], real: list[Speech]
) -> None:
    for words in WORDS:
        assert any(count_in(one, words) for one in samples), "a word that only real ones hold"
        compare_with_scan(client, real, words)


def compare_with_scan(client: Client, real: list[Speech], words: str) -> None:
    quoted = f"“{words}”"
    counts = {one: count_in(one, words) for one in real}
    holding = [one for one, count in counts.items() if count]
    found = ask(client, "/api/v1/search", q=quoted)
    assert found["total"] == len(holding)
    assert {hit["speech"] for hit in found["items"]} == {one.pk for one in holding}
    for facet, field in FACETS.items():
        held = Speech.objects.filter(pk__in=[one.pk for one in holding]).values_list(field)
        expected = {str(value): held.filter(**{field: value}).count() for (value,) in held if value}
        assert {one["value"]: one["count"] for one in found["facets"][facet]} == expected
    lines = ask(client, "/api/v1/concordance", q=quoted)
    assert (lines["total"], lines["speeches"]) == (sum(counts.values()), len(holding))
    trend = ask(client, "/api/v1/trends", expression=quoted)
    (series,) = trend["series"]
    assert series["total"]["occurrences"] == sum(counts.values())
    for period, point in zip(trend["periods"], series["points"], strict=True):
        of_year = [one for one in real if one.date.startswith(period["label"])]
        assert period["speeches"] == len(of_year)
        assert (point["occurrences"] or 0) == sum(counts[one] for one in of_year)
    out = io.StringIO()
    call_command("search", quoted, "--json", "--limit", "all", stdout=out)
    assert json.loads(out.getvalue())["total"] == len(holding)


def test_slogans_and_themes_count_the_real_ones(
    client: Client, samples: list[Speech], real: list[Speech]
) -> None:
    texts = [one.current_id for one in real]
    assert Mention.objects.exclude(revision__in=texts).exists()
    for slogan in Slogan.objects.filter(mentions__isnull=False).distinct():
        mentions = Mention.objects.filter(slogan=slogan, revision__in=texts)
        if not slogan.registered and not mentions.exists():
            assert client.get(f"/api/v1/slogans/{slogan.pk}").status_code == 404
            continue
        answer = ask(client, f"/api/v1/slogans/{slogan.pk}")
        assert answer["mention_count"] == mentions.count()
        assert answer["speech_count"] == len(set(mentions.values_list("revision")))
        assert sum(one["count"] or 0 for one in answer["by_year"]) == mentions.count()
        dates = sorted(one.revision.speech.date for one in mentions)
        assert (slogan.pk in find_uses([slogan.pk])) == bool(dates)
        assert answer["first_date"] == (dates[0] if dates else None)
        page = client.get(slogan.get_absolute_url()).content.decode()
        assert f"出现 {mentions.count()} 处" in page
    tags = SectionTheme.objects.about().filter(section__revision__in=texts)
    for node in walk(ask(client, "/api/v1/themes")["items"]):
        slugs = [one["slug"] for one in walk([node])]
        passages = set(tags.filter(theme__slug__in=slugs).values_list("section"))
        assert node["passages"] == len(passages)


def walk(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        yield from walk(node["children"])


def list_addresses() -> list[str]:
    """Return the addresses that count, list or find something."""
    addresses = ["/", "/healthz", "/search/", "/speeches/", "/themes/", "/slogans/?all=1"]
    addresses += ["/slogans/?all=1&sort=first", "/api/v1/speeches", "/api/v1/themes"]
    addresses += [reverse(name) for name in ("outline_bench", "openings", "parallels")]
    for words in WORDS:
        asked = urlencode({"q": words})
        addresses += [f"/{view}/?{asked}" for view in ("search", "concordance", "suggest")]
        addresses += [f"/search/?{asked}&unit=section", f"/trends/?expression={words}"]
        addresses += [f"/trends/?{asked}&expression=代表&period=month", f"/slogans/?words={words}"]
        addresses += [f"/api/v1/search?{asked}", f"/api/v1/concordance?{asked}"]
        addresses += [f"/api/v1/trends?expression={words}"]
    from_database = [*Slogan.objects.filter(registered=True)[:12], *theme_pages()]
    return addresses + [one.get_absolute_url() for one in from_database]


def theme_pages() -> list[Any]:
    tags = SectionTheme.objects.select_related("theme").order_by("theme").distinct()
    return list({tag.theme_id: tag.theme for tag in tags}.values())


def read_all(client: Client) -> dict[str, str]:
    """Return what each address answers, without what differs from one request to the next."""
    cache.clear()
    answers = {}
    for address in list_addresses():
        response = client.get(address)
        body = response.content.decode()
        body = re.sub(r'value="\w{64}"|用时 \d+ 毫秒|.took_ms.: ?[\d.]+', "", body)
        body = re.sub(r'<p class="meta">\s*另有示例文稿.*?</p>', "", body, flags=re.S)
        body = body.replace("草稿、撤回的与示例不计", "草稿与撤回的不计")
        answers[address] = re.sub(r'"free_bytes": ?\d+|\s+', "", body)
    return answers


def test_every_page_and_answer_is_the_same_with_samples_aside_and_without_any(
    client: Client, real: list[Speech], commit: Commit
) -> None:
    aside = read_all(client)
    assert commit(remove_samples) == COUNT
    without = read_all(client)
    assert [address for address in without if aside[address] != without[address]] == []


def test_samples_are_found_only_where_that_is_said(client: Client, real: list[Speech]) -> None:
    sample = Speech.objects.samples().first()
    assert sample
    listed = client.get("/speeches/").content.decode()
    assert "另有示例文稿 3 篇，内容均为虚构，不计入任何数字，也检索不到" in listed
    assert sample.title not in listed
    shown = client.get("/speeches/?samples=1").content.decode()
    assert shown.count("speech-line-title") == COUNT
    assert shown.count(">示例</span>") == COUNT
    assert not any(one.title in shown for one in real)
    page = client.get(sample.get_absolute_url()).content.decode()
    assert "不计入任何数字，也检索不到" in page
    assert client.get(f"/api/v1/speeches/{sample.pk}").json()["is_sample"] is True


@pytest.mark.parametrize("leave", [editing.withdraw, editing.delete])
def test_the_last_real_speech_that_goes_brings_the_samples_back(
    samples: list[Speech], commit: Commit, leave: Callable[[Speech], None]
) -> None:
    speech = commit(partial(store, TRAINING, "training.txt"))
    assert search.run_search(search.SearchRequest()).total == 1
    assert search.check_index() == []
    commit(partial(leave, speech))
    assert search.run_search(search.SearchRequest()).total == len(samples)
    assert search.check_index() == []


def test_a_draft_sets_no_sample_aside(samples: list[Speech], commit: Commit) -> None:
    draft = commit(partial(store, TRAINING, "training.txt", draft=True))
    assert search.run_search(search.SearchRequest()).total == len(samples)
    commit(partial(editing.publish, draft))
    assert search.run_search(search.SearchRequest()).total == 1


def test_setting_aside_asks_no_query_more(
    client: Client, samples: list[Speech], commit: Commit
) -> None:
    addresses = ("/", "/speeches/", "/search/?q=代表", "/themes/", "/slogans/")
    before = {address: count_queries(client, address) for address in addresses}
    commit(partial(store, TRAINING, "training.txt"))
    assert [one for one in addresses if count_queries(client, one) > before[one]] == []


def count_queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)
