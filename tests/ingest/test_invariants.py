"""The contract's invariants over generated and mutated text: nothing is ever lost."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, strategies as st

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.noise import remove_noise
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.spans import iter_kept, merge_removed
from tests.ingest.invariants import check_invariants, squeeze
from tests.ingest.parsing import parse_or_refuse
from tests.thoroughness import THOROUGHNESS, draw

pytestmark = pytest.mark.usefixtures("read_afresh")

GOLDEN = Path(__file__).parent / "golden"
RAWS = sorted(path for path in GOLDEN.iterdir() if path.suffix != ".json")
SHARED = Path(__file__).parents[3] / "shared"
RELAXED = draw(400, suppress_health_check=[HealthCheck.too_slow], derandomize=True)

# What the rules look for, in any order: the pieces that real pages are made of.
PIECES = [
    "同志们：", "各位代表：", "在全区人大工作会议上的讲话", "（2023年5月6日）", "一、提高认识", "（一）学深悟透", "1.抓学习",  # noqa: E501
    "一是要学。", "二要干！", "第一，", "讲三点意见。", "要认真贯彻落实会议精神，把各项任务落到实处。", "总之，", "最后，", "“四个意识”",  # noqa: E501
    "“", "”", "（", "）", "《", "》", "——", "…", "。", "，", "；", "：", "\n", "\n\n", "\r\n", "\r", "\t", " ", "\u3000\u3000",  # noqa: E501
    "\u200b", "\ufeff", "\x00", "\x0b", "\x1c", "\x85", "\u2028", "\xa0", "此处隐藏48字，下载后查看", "会员免费查看", "剩余内容登录后可见",  # noqa: E501
    "当前位置：首页 > 讲话", "发布时间：2022-06-23 作者：佚名 来源：某网", "原文链接：http://a.cn/b", "笔杆子参考", "某某范文网", "---",  # noqa: E501
    "|", "- 3 -", "责任编辑：某某", "[免责声明] 仅供学习", "仅供学习 禁止外传", "QQ群：12345", "相关阅读", "上一篇：无", "（略）", "Public domain",  # noqa: E501
    "本作品属于公有领域", "www.a.com", "１２３", "abc", "#", "**", "<p>", "</p>", "[a](http://b)", "\U00020000", "é", "€", "x", "*",  # noqa: E501
]  # fmt: skip
text_of_pieces = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@RELAXED
@given(st.one_of(text_of_pieces, any_text), st.sampled_from(["a.txt", "a.md"]))
def test_it_keeps_the_invariants_for_any_text(text: str, name: str) -> None:
    draft = parse_or_refuse(text.encode(), name)
    if draft is not None:
        check_invariants(draft)


@RELAXED
@given(text_of_pieces, text_of_pieces)
def test_it_keeps_the_invariants_for_pages(text: str, more: str) -> None:
    page = f"<html><body><nav>{more}</nav><div>{text}</div><p>{more}</p></body></html>"
    draft = parse_or_refuse(page.encode(), "a.html")
    if draft is not None:
        check_invariants(draft)


@RELAXED
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.docx", "a.md", "a"]))
def test_it_parses_or_refuses_any_bytes(data: bytes, name: str) -> None:
    draft = parse_or_refuse(data, name)
    if draft is not None:
        check_invariants(draft)


@pytest.mark.drawn
@pytest.mark.parametrize("path", RAWS, ids=[path.stem for path in RAWS])
def test_it_keeps_the_invariants_for_mutated_files(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    chance = random.Random(path.name)
    for _ in range(25 if THOROUGHNESS.all else 6):
        draft = parse_or_refuse(mutate(source, chance).encode(), path.name)
        if draft is not None:
            check_invariants(draft)


def mutate(text: str, chance: random.Random) -> str:
    """Return text with some stretches cut, doubled, moved or replaced by troublesome pieces."""
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice([0, 1, 3, 20, 200]))
        piece = chance.choice(["", text[start:end] * 2, chance.choice(PIECES), "\n", " "])
        text = text[:start] + piece + text[end:]
    return text


@pytest.mark.parametrize("path", RAWS, ids=[path.stem for path in RAWS])
def test_it_gives_the_same_draft_for_the_same_bytes(path: Path) -> None:
    data = path.read_bytes()
    assert parse_bytes(data, path.name).to_json() == parse_bytes(data, path.name).to_json()


@pytest.mark.skipif(not SHARED.is_dir(), reason="no corpora beside the project")
def test_it_keeps_the_invariants_for_the_real_files() -> None:
    files = [*SHARED.glob("seeds/*"), *sorted(SHARED.glob("corpora/*/raw_scrape/*"))[::9]]
    assert len(files) > 10
    for path in files:
        check_invariants(parse_bytes(path.read_bytes(), path.name).to_json())


# What is repeated, how often, and what stands behind it.
HOSTILE = {
    "one long line": ("要认真学习", 36_000, ""),
    "one long line of sentences": ("要学习。 ", 30_000, ""),
    "unclosed quotes": ("“", 60_000, "同志们。"),
    "nested quotes": ("“学‘习", 30_000, ""),
    "unclosed brackets": ("（", 60_000, ""),
    "notices": ("下载后查看", 20_000, ""),
    "notices in sentences": ("。下载", 40_000, ""),
    "hidden": ("隐藏", 60_000, ""),
    "many markers": ("一是", 60_000, ""),
    "many headings": ("一、学\n", 20_000, ""),
    "newlines": ("学\n", 60_000, ""),
    "blank lines": ("\n", 160_000, "同志们，开会了。"),
    "page numbers": ("- 3 -\n", 20_000, "同志们，开会了。"),
    "invisible": ("学\u200b", 60_000, ""),
    "dashes": ("-", 120_000, "同志们，开会了。"),
    "digits": ("1", 120_000, ""),
    "watermarks": ("学笔杆子参考", 20_000, ""),
    "names": ("学某某范文网", 20_000, ""),
    "markdown": ("**[", 40_000, ""),
    "tags": ("<a ", 40_000, ""),
}


@pytest.mark.drawn
@pytest.mark.parametrize("kind", HOSTILE)
def test_it_takes_hostile_text_in_its_stride(kind: str) -> None:
    """No clock but the reader's own: a stage that is not linear would not come back in time."""
    piece, times, tail = HOSTILE[kind]
    # The whole length takes half a minute of the processor: an eighth shows most of it.
    text = piece * (times if THOROUGHNESS.all else times // 8) + tail
    name = "hostile.md" if kind in {"markdown", "tags"} else "a.txt"
    draft = parse_or_refuse(text.encode(), name, may_be_late=False)
    if draft is not None:
        assert squeeze(draft["text"])


def test_noise_steps_never_overlap_even_on_lone_surrogates() -> None:
    raw = "同志们：\ud800今天开会，请大家认真讨论、认真落实。\udfff"
    removed = remove_noise(raw).removed
    assert [span.text for span in removed] == ["\ud800", "\udfff"]


spans_strategy = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), max_size=8)


@given(spans_strategy, spans_strategy)
def test_merged_spans_cover_what_either_layer_covered(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    raw = "".join(chr(0x4E00 + i) for i in range(40))
    layers = [
        [Removed(kind, raw[a : a + n], a, a + n) for a, n in spans if n]
        for kind, spans in (("a", first), ("b", second))
    ]
    merged = merge_removed(raw, *layers)
    covered = {i for layer in layers for span in layer for i in range(span.start, span.end)}
    assert {i for span in merged for i in range(span.start, span.end)} == covered
    assert sum(span.end - span.start for span in merged) == len(covered)
    assert all(span.text == raw[span.start : span.end] for span in merged)
    kept = {i for a, b in iter_kept(len(raw), merged) for i in range(a, b)}
    assert kept == set(range(len(raw))) - covered
    owned = {i for span in layers[0] for i in range(span.start, span.end)}
    assert owned == {i for s in merged if s.kind == "a" for i in range(s.start, s.end)}
