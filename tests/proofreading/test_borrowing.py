"""Words of a draft that stand in speeches: borrowed, quoted as such, formula; never a fault."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus_app.catalog.models import Speech
from corpus_app.proofreading.borrowing import compare_draft
from corpus_app.proofreading.checking import check_draft
from corpus_app.proofreading.drafts import lay_out
from search import rebuild_index
from tests.search.factories import make_speech
from tests.search.reusing import write

pytestmark = pytest.mark.django_db

SAID = "柳浦镇把藕塘边的水渠一段一段修到地头，谁家的田缺水，代表就先到谁家门口去看。"
ALTERED = SAID.replace("代表就先", "人大代表先")
FORMULA = "让我们更加紧密地团结起来，把砚桥的事情一件一件办好。"
OWN = "去年冬天在晒谷场边上问过的那位老人，今年春天已经搬进了新屋。"


@pytest.fixture
def corpus(index_folder: object) -> list[Speech]:
    texts = [SAID, *[f"{write(40, number)}{FORMULA}" for number in range(5)]]
    speeches = [
        make_speech(f"第{n}篇", [f"{write(60, 50 + n)}\n{text}"], date=f"20{10 + n}-01-02")
        for n, text in enumerate(texts)
    ]
    rebuild_index()
    return speeches


def test_borrowing_formula_and_quotation_are_told_apart(corpus: list[Speech]) -> None:
    draft = f"{OWN}\n{ALTERED}\n{FORMULA}\n"
    sources = compare_draft(draft)
    borrowed, formula = sources.findings
    assert (borrowed.kind, formula.kind) == ("borrowed", "formula")
    assert draft[borrowed.start : borrowed.end] == borrowed.text
    assert borrowed.evidence[0].speech == corpus[0].pk
    assert borrowed.evidence[0].text in SAID
    assert "改动约" in borrowed.message
    assert formula.text in FORMULA
    assert 0.3 < sources.borrowed < 0.5
    assert sources.quoted == 0
    assert 0.2 < sources.formula < 0.4
    for marked in (f"{OWN}“{SAID}”", f"{OWN}会议强调，{SAID}"):
        quoted = compare_draft(marked)
        assert not quoted.findings
        assert quoted.borrowed == 0
        assert quoted.quoted > 0.4


def test_they_are_among_the_findings_of_programs_and_no_faults(corpus: list[Speech]) -> None:
    checked = check_draft(lay_out(f"{OWN}\n{SAID}\n"))
    assert not checked.findings
    (told,) = checked.to_json()["findings"]
    assert told["kind"] == "borrowed"
    assert checked.to_json()["sources"]["borrowed"] > 0.4


def test_the_page_folds_them_and_hides_what_one_may_not_read(
    corpus: list[Speech], client: Client
) -> None:
    client.force_login(User.objects.create_user("somebody"))
    page = client.post("/check/", {"text": f"{OWN}\n{ALTERED}"}).content.decode()
    assert '<details class="check-sources"' in page
    assert "第0篇" in page
    assert "没有发现需要看的地方" in page
    Speech.objects.filter(pk=corpus[0].pk).update(access=2)
    assert "第0篇" not in client.post("/check/", {"text": f"{OWN}\n{ALTERED}"}).content.decode()
