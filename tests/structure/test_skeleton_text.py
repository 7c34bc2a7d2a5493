"""A skeleton as plain text: indented by depth, with its source."""

from __future__ import annotations

import pytest
from django.test import Client

from corpus_app.catalog.models import Gap, Section, Speech

pytestmark = pytest.mark.django_db


def fetch(client: Client, speech: Speech, query: str = "") -> list[str]:
    response = client.get(f"/structure/speeches/{speech.pk}/skeleton.txt{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return response.content.decode().splitlines()


def test_it_holds_title_headings_and_source(client: Client, training: Speech) -> None:
    assert fetch(client, training) == [
        "在芦汀市人大代表培训班开班式上的讲话",
        "一、学好法律，弄清职责",
        "　　一是逐条读",
        "　　二是结合想",
        "二、走近选民，当好桥梁",
        "　　一是勤走访",
        "　　二是会转交",
        f"（{name_source(training)}）",
    ]


def name_source(speech: Speech) -> str:
    parts = [f"《{speech.title}》", "苏晚晴", "2021年9月3日"]
    parts.append(f"http://testserver/speeches/{speech.pk}/")
    return "，".join(parts)


@pytest.mark.parametrize(("query", "lines"), [("?depth=1", 4), ("?depth=3", 8), ("?depth=x", 8)])
def test_it_goes_as_deep_as_asked(client: Client, training: Speech, query: str, lines: int) -> None:
    assert len(fetch(client, training, query)) == lines


def test_it_is_what_the_bench_copies(client: Client, training: Speech) -> None:
    page = client.get("/structure/?depth=1").content.decode()
    assert "\n".join(fetch(client, training, "?depth=1")) in page


def test_the_notice_of_a_gap_goes_along(client: Client, training: Speech) -> None:
    Gap.objects.create(revision=training.current, kind="hidden", offset=10)
    assert fetch(client, training)[-2] == "［原文有缺失，提纲可能不全］"


def test_a_lost_heading_says_so_and_a_bare_point_gives_its_first_clause(
    client: Client, training: Speech
) -> None:
    sections = Section.objects.filter(revision=training.current)
    sections.filter(key="1").update(heading="", marker="", ordinal=None)
    sections.filter(key="1.1").update(heading="")
    lines = fetch(client, training)
    assert lines[1:3] == ["（标题缺失）", "　　一是逐条读"]


def test_titles_inside_a_title_bear_inner_marks(client: Client, training: Speech) -> None:
    Speech.objects.filter(pk=training.pk).update(title="学习《代表法》", title_inferred=True)
    assert fetch(client, training)[-1].startswith("（《学习〈代表法〉》（标题系代拟），")


def test_a_sample_says_that_it_is_one(client: Client, training: Speech) -> None:
    Speech.objects.filter(pk=training.pk).update(is_sample=True)
    assert "，示例文稿，内容均为虚构，不得引用为依据，" in fetch(client, training)[-1]


def test_the_source_is_chinese_on_an_english_page_too(client: Client, training: Speech) -> None:
    client.cookies["django_language"] = "en"
    assert "2021年9月3日" in fetch(client, training)[-1]
