"""What the metadata was read from: every value has its lines, or says from what it follows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corpus_app.ingest.pipeline import parse_bytes
from tests.folding import for_each
from tests.ingest.invariants import squeeze
from tests.ingest.shared_texts import SHARED, needs_shared
from tests.places import ROOT

SAMPLES = sorted((ROOT / "fixtures").rglob("*.txt"))
GOLDEN = sorted(p for p in (ROOT / "tests/ingest/golden").iterdir() if p.suffix != ".json")
LINES = {"header", "footer", "notice"}
SPEECH = """{head}
同志们：
{body}
一、把群众的话听完整
听话要有耐心，听完再记，记完再问，问清楚了再答复，答复不了的写进建议里。
二、把群众的事办扎实
建议交出去以后，还要盯着办、问到底，办结后一定向选民回话。
{foot}"""


def parse(head: str, body: str = "今天开个会。大家辛苦了。", foot: str = "") -> dict[str, Any]:
    raw = SPEECH.format(head=head, body=body, foot=foot)
    return parse_bytes(raw.encode(), "a.txt").to_json()


def read(draft: dict[str, Any], name: str) -> tuple[str, str]:
    """Return the rule, and the words of raw that bear the value."""
    found = draft["evidence"][name]
    return found["rule"], draft["raw"][found["start"] : found["end"]]


def list_values(draft: dict[str, Any]) -> dict[str, str]:
    names = [
        "title",
        "subtitle",
        "speaker",
        "speaker_role",
        "organisation",
        "occasion",
        "place",
        "level",
        "genre",
    ]
    values = {name: draft[name] for name in names}
    values |= {name: date["value"] for name, date in draft["dates"].items()}
    values |= {"source": draft["source"]["name"], "source_url": draft["source"]["url"]}
    return {name: value for name, value in values.items() if value}


def check_evidence(path: Path) -> None:
    draft = parse_bytes(path.read_bytes(), path.name).to_json()
    values = list_values(draft)
    assert set(draft["evidence"]) == set(values)
    for name, found in draft["evidence"].items():
        if found["start"] is None:
            assert found["rule"] == "composed" or found["rule"].startswith("from_")
            continue
        assert 0 <= found["start"] < found["end"] <= len(draft["raw"])
        words = draft["raw"][found["start"] : found["end"]]
        if found["rule"] in LINES and name in ("title", "speaker", "organisation", "source_url"):
            kept = "".join(sign for sign in squeeze(values[name]) if sign in squeeze(words))
            assert kept == squeeze(values[name]), name


@for_each("path", GOLDEN + SAMPLES)
def test_every_value_has_evidence_and_nothing_else_has(path: Path) -> None:
    check_evidence(path)


@needs_shared
def test_the_five_real_files_say_where_every_value_comes_from() -> None:
    files = sorted((SHARED / "seeds").glob("*.txt"))
    assert len(files) == 5
    for path in files:
        check_evidence(path)


def test_lines_of_the_header_bear_what_was_read_from_them() -> None:
    draft = parse("在青芜县人大工作会议上的讲话\n（2023年5月6日）\n青芜县人大常委会主任 林知远")
    assert read(draft, "title") == ("header", "在青芜县人大工作会议上的讲话")
    assert read(draft, "delivered") == ("header", "（2023年5月6日）")
    assert read(draft, "speaker") == ("header", "青芜县人大常委会主任 林知远")
    assert read(draft, "speaker_role")[1] == "青芜县人大常委会主任 林知远"


def test_a_signature_and_a_removed_line_bear_theirs() -> None:
    draft = parse("关于听取群众意见的讲话", foot="青芜县人大常委会\n2023年5月6日")
    assert read(draft, "organisation") == ("footer", "青芜县人大常委会")
    assert read(draft, "delivered") == ("footer", "2023年5月6日")


def test_what_follows_from_another_field_names_it() -> None:
    draft = parse("在青芜县人大工作会议上的讲话")
    assert read(draft, "occasion") == ("from_title", "在青芜县人大工作会议上的讲话")
    assert draft["evidence"]["occasion"]["text"] == "在青芜县人大工作会议上的讲话"
    assert read(draft, "level")[0].startswith("from_")
    assert read(draft, "genre") == ("from_title", "在青芜县人大工作会议上的讲话")


def test_what_the_opening_says_leads_to_its_words_in_raw() -> None:
    body = "今天，我们在这里召开全县人大代表工作座谈会，\n主要是听大家的意见。大家辛苦了。"
    draft = parse("公文大观园网\n当前位置：首页 > 讲话", body)
    rule, words = read(draft, "occasion")
    assert rule == "opening"
    assert words == "全县人大代表工作座谈会"


def test_a_made_up_title_names_the_words_it_is_made_of() -> None:
    body = "下面，我就加强机关作风建设讲三点意见。大家辛苦了，会议开得很好。"
    draft = parse("", body)
    assert draft["title_inferred"]
    rule, words = read(draft, "title")
    assert rule in ("opening", "from_occasion")
    assert squeeze(words) in squeeze(draft["text"])
