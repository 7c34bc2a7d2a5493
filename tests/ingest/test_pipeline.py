"""The whole path from bytes to a draft, against golden files.

UPDATE_GOLDENS=1 pytest tests/ingest/test_pipeline.py writes them anew; look at the diff.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import Limits
from corpus_app.ingest.pipeline import parse_bytes
from tests.ingest.invariants import check_invariants
from tests.ingest.word_files import build_numbered

GOLDEN = Path(__file__).parent / "golden"
RAWS = sorted(path for path in GOLDEN.iterdir() if path.suffix != ".json")
# What lies in the raw file anyway, or has tests of its own beside its rules.
LEFT_OUT = {"raw", "sha256", "slogans", "suspects", "text_evidence"}
CONTRACT_KEYS = {
    "file", "sha256", "encoding", "format", "raw", "title", "subtitle", "title_inferred", "speaker",
    "speaker_role", "organisation", "occasion", "place", "level", "genre", "dates", "source",
    "text", "removed", "completeness", "gaps", "announced", "sections", "slogans", "suspects",
}  # fmt: skip


def read_draft(path: Path) -> dict[str, Any]:
    return parse_bytes(path.read_bytes(), path.name).to_json()


def drop_probabilities(draft: dict[str, Any]) -> dict[str, Any]:
    """Return the draft without the measured doubt, which changes with every training."""
    for evidence in draft["evidence"].values():
        del evidence["probability"]
    return draft


@pytest.mark.parametrize("path", RAWS, ids=[path.name for path in RAWS])
def test_it_parses_a_file_as_recorded(path: Path) -> None:
    draft = drop_probabilities(read_draft(path))
    draft = {key: value for key, value in draft.items() if key not in LEFT_OUT}
    golden = path.with_name(path.name + ".json")
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(json.dumps(draft, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert json.loads(json.dumps(draft)) == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", RAWS, ids=[path.name for path in RAWS])
def test_it_gives_every_key_of_the_contract_and_keeps_the_invariants(path: Path) -> None:
    draft = read_draft(path)
    assert set(draft) >= CONTRACT_KEYS
    check_invariants(draft)


def test_it_merges_the_notices_of_one_gap() -> None:
    draft = read_draft(GOLDEN / "pay_walled.txt")
    assert [(gap["kind"], gap["note"]) for gap in draft["gaps"]] == [
        ("paywall", "以下内容开通会员后可见 会员免费查看")
    ]
    assert draft["text"][draft["gaps"][0]["offset"] :].startswith("一是要把调查研究做深。")


def test_it_takes_a_numbered_word_file_for_what_the_reader_sees() -> None:
    data = build_numbered(
        (-1, "在机关会议上的讲话"), (-1, "同志们："), (0, "提高认识"), (-1, "要学原文、悟原理。"),
        (0, "狠抓落实"), (-1, "要压实责任，不等不靠。"),
    )  # fmt: skip
    draft = parse_bytes(data, "a.docx").to_json()
    assert draft["title"] == "在机关会议上的讲话"
    headings = [s["heading"] for s in draft["sections"] if s["kind"] == "section"]
    assert headings == ["提高认识", "狠抓落实"]
    assert "numbering" in {notice["code"] for notice in draft["notices"]}


@pytest.mark.parametrize(
    "text", ["首页 > 讲话 > 正文\n", "（示例文本，地名、人名均为虚构。）", "。。。\n——"]
)
def test_it_refuses_a_file_of_nothing_but_chrome(text: str) -> None:
    with pytest.raises(RejectedFile) as refused:
        parse_bytes(text.encode(), "a.txt")
    assert refused.value.code == "no_text"


def test_it_refuses_a_text_longer_than_any_speech() -> None:
    with pytest.raises(RejectedFile) as refused:
        parse_bytes(("学习" * 60).encode(), "a.txt", Limits(text_chars=100))
    assert refused.value.code == "too_large"
