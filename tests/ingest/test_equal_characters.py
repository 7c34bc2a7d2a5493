"""Numbers, dates, markers and names are read by the table of equal characters; text stays."""

from __future__ import annotations

import random
import sys
from collections import defaultdict

import pytest

from corpus_app.ingest.draft import Draft
from corpus_app.ingest.noise.markup import INVISIBLE
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.slogans import find_slogans
from corpus_app.ingest.superseded import find_superseded, load_supersessions
from corpus_app.ingest.suspects import find_suspects
from corpus_app.text.equality import list_unseen, list_written_alike
from corpus_app.text.folding import fold, write_plainly
from tests.ingest.invariants import check_invariants
from tests.places import ROOT

SAMPLES = sorted((ROOT / "fixtures" / "speeches").glob("*.txt"))
SPEECH = """在青屏市代表家站建设现场会上的讲话
青屏市人大常委会主任　穆言川
（二〇二三年十月八日）

同志们：
这次会议的任务是交流情况、部署工作。下面，我讲三点意见。
一、建好站点
全市已有站点六十三处，都要有人管、有人看、有人用。
（一）选好地方
站点要设在群众走得到的地方。
（二）配好人手
每个站点要有两名联络员。
二、办好意见
意见办得怎样，要向代表讲明白。
三、用好制度
制度长在日常里，才有生命力。
我就讲这些，谢谢大家。
"""


def parse(text: str) -> Draft:
    return parse_bytes(text.encode(), "讲话.txt")


def disguise(text: str, chance: random.Random, share: float = 0.5) -> str:
    """Return the text with characters replaced by some that are read for them."""
    alike = defaultdict(list)
    for code, plain in list_written_alike().items():
        alike[plain].append(chr(code))
    return "".join(
        chance.choice(alike[char]) if char in alike and chance.random() < share else char
        for char in text
    )


def outline(draft: Draft) -> list[tuple[object, ...]]:
    return [(s.id, s.kind, s.ordinal, s.start, s.end) for s in draft.sections]


@pytest.mark.parametrize("seed", range(4))
def test_a_speech_in_other_characters_is_read_as_in_its_own(seed: int) -> None:
    plain = parse(SPEECH)
    source = disguise(SPEECH, random.Random(seed))
    draft = parse(source)
    assert draft.metadata.speaker == plain.metadata.speaker == "穆言川"
    assert draft.metadata.title == plain.metadata.title
    assert draft.metadata.dates == plain.metadata.dates
    assert outline(draft) == outline(plain)
    assert len(plain.sections) >= 6
    assert [one.missing for one in draft.announced] == [[]]
    check_wording(draft, source)


def check_wording(draft: Draft, source: str) -> None:
    """Hold that text and spans have the wording of the source."""
    assert draft.raw == source
    check_invariants(draft.to_json())
    for section in draft.sections:
        words = draft.text[section.start : section.end]
        assert words.startswith(section.marker or "")
        assert "".join((section.heading or "").split()) in "".join(words.split())
    for entry in draft.slogans:
        assert {draft.text[start:end] for start, end in entry.mentions} == {entry.text}
    assert all(one.text in draft.text for one in draft.announced)


def test_the_title_that_a_page_states_is_the_one_in_its_lines_in_other_characters() -> None:
    lines = SPEECH.splitlines()
    page = "".join(f"<p>{line}</p>" for line in lines[1:])
    title = disguise(lines[0], random.Random(3), 1)
    for heads in ((title, lines[0]), (lines[0], title)):
        html = "<meta charset=utf-8><title>{}</title><h1>{}</h1>".format(*heads) + page
        draft = parse_bytes(html.encode(), "讲话.html")
        assert draft.metadata.title == lines[0]


@pytest.mark.parametrize("path", SAMPLES[:6], ids=lambda path: path.name[:2])
def test_the_samples_keep_their_outline_in_other_characters(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    plain = parse(text)
    source = disguise(text, random.Random(7), 0.3)
    draft = parse(source)
    assert outline(draft) == outline(plain)
    assert draft.metadata.dates == plain.metadata.dates
    assert draft.metadata.speaker == plain.metadata.speaker
    check_wording(draft, source)


@pytest.mark.parametrize(
    "day",
    [
        "２０２３⋅10⋅8",
        "2023‐10‐8",
        "⼆〇⼆三年⼗⽉⼋⽇",
        "2023–10–08",
        "二○二三年十月八日",
        "二O二三年十月八日",
    ],
)
def test_dates_are_read_in_equal_characters(day: str) -> None:
    draft = parse(SPEECH.replace("二〇二三年十月八日", day))
    assert draft.metadata.dates["delivered"].value == "2023-10-08"


@pytest.mark.parametrize("dot", ".·•・‧．⋅∙")
def test_a_name_is_read_with_any_point_inside(dot: str) -> None:
    name = f"阿依努尔{dot}吐尔逊"
    speaker = parse(SPEECH.replace("穆言川", name)).metadata.speaker
    assert speaker is not None
    assert fold(speaker) == fold("阿依努尔·吐尔逊")


def test_set_expressions_and_slips_are_met_in_equal_characters() -> None:
    assert [one.text for one in find_slogans("要建设“四个机关”。")] == ["四个机关"]
    (found,) = find_slogans("要当好﹁六⼤中⼼﹂。")
    assert (found.text, found.kind) == ("六⼤中⼼", "counted")
    slips = [one.text for one in find_suspects("近平總書記強調，⼈民当家做主。")]
    assert slips == ["近平總書記", "⼈民当家做主"]
    assert find_suspects("習近平總書記強調“习近平新时代中国特色社会主义思想”。") == []
    old = next(iter(load_supersessions()))
    alike = disguise(old, random.Random(1), 1)
    assert [one.text for one in find_superseded(f"要{alike}。")] == [alike]


def test_what_is_read_plainly_keeps_its_length_and_its_folding() -> None:
    chars = "".join(map(chr, range(sys.maxunicode + 1)))
    assert len(write_plainly(chars)) == len(chars)
    assert [c for c, plain in list_written_alike().items() if fold(chr(c)) != fold(plain)] == []
    assert write_plainly(write_plainly(chars)) == write_plainly(chars)


def test_all_that_is_not_seen_is_taken_out_but_what_shapes_a_character() -> None:
    left = {char for char in list_unseen() if not INVISIBLE.fullmatch(char)}
    shaping = {0x180B, 0x180C, 0x180D, 0x180F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
    assert left == set(map(chr, shaping))
