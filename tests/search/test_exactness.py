"""The promise: quoted, a string finds a speech if and only if the speech contains it."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, partial

import pytest
from opencc import OpenCC

import search
from corpus_app.catalog.models import Speech
from search import SearchRequest
from tests.places import ROOT
from tests.search.factories import make_speech

pytestmark = pytest.mark.django_db

PARAGRAPHS = (
    "同志们：这次会议的主要任务，是深入学习全过程人民民主重大理念，总结经验，部署工作。",
    "一、坚持党的领导，牢牢把握人大工作的正确政治方向。要把坚定拥护“两个确立”落到实处。",
    "一是突出重点抓监督。围绕预算审查、债务管理、民生实事,开展专题询问3次(含联动监督1次)。",
    "二是 立足实际 抓代表。全县 126 名代表进站\n履职，接待群众2,300余人次，办结率达98.5%。",
    "機關黨員要帶頭聯繫代表，密切聯繫羣眾，做到民有所呼、我有所應。ＡＢ平台已上線。",
    "以上三点，请同志们认真贯彻落实。𠮷祥村的做法值得借鉴——“代表+网格”双向发力！",
    "阿依古丽·买买提、Ame\u0301lie和조선的代表，来自二○二三年的‘双联’⼯作站……上午9∶30～11∶00。",
    "联\u00ad络\u200b站👨\u200d👩\u200d👧的⼤⻔常开;葛\U000e0100城⻅面－－反馈...ｶﾞ・が「一站式」﹑﹙二﹚",
)
# Signs that stand for one another, written down apart from the product's table.
EQUAL = (
    "-－—–―‐−",
    ".．·•・‧⋅",
    "\"＂“”‘’'「」『』〝",
    "~～〜∼",
    ":：∶",
    "〇○◯",
    "…⋯",
    "、﹑､",
    "(（﹙",
)
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\ufe0f\u202c\U000e0100"
DRAWN_AS = {"⻅": "见", "⻔": "门", "⼤": "大", "⼯": "工"}
ROUNDS = 400
SIMPLIFY, COMPLICATE = OpenCC("t2s"), OpenCC("s2t")


def fold(text: str) -> str:
    """Fold by another road than corpus_app.text: OpenCC on each character, lists of signs."""
    seen = "".join(char for char in text if not char.isspace() and char not in UNSEEN)
    composed = unicodedata.normalize("NFC", seen)
    folded = unicodedata.normalize("NFC", "".join(map(fold_character, composed)))
    return re.sub(r"\.{2,}", "..", re.sub("-+", "-", folded.replace("…", "..")))


@cache
def fold_character(char: str) -> str:
    narrow = chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char
    kana = unicodedata.normalize("NFKC", char) if "ｦ" <= char <= "ﾟ" else narrow
    drawn = DRAWN_AS.get(kana, kana)
    sign = next((signs[0] for signs in EQUAL if drawn in signs), drawn)
    return "了" if sign == "瞭" else SIMPLIFY.convert(sign)


def quote(text: str) -> str:
    return '"' + "".join("\\" + c if c in '"\\＂“”' else c for c in text) + '"'


def list_texts() -> Iterator[tuple[str, str, str]]:
    """Yield title, subtitle and text of the sample speeches, or of made-up ones."""
    for at in range(8):
        chosen = random.Random(at).sample(PARAGRAPHS, 5)
        yield f"在第{at}次工作會議上的讲话", f"——以“{at}”为例", "\n".join(chosen)
    for path in sorted((ROOT / "fixtures" / "speeches").glob("*.txt"))[:12]:
        title, _, text = path.read_text(encoding="utf-8").partition("\n")
        yield title[:300] or "无题", "", text


@pytest.fixture
def speeches(index_folder: object) -> list[Speech]:
    made = []
    for title, subtitle, text in list_texts():
        made.append(make_speech(title, text.split("\n\n"), subtitle=subtitle))
    search.rebuild_index()
    return made


def vary(string: str, chance: random.Random) -> str:
    """Return the string as is, nearly so, or in other characters held equal."""
    way = chance.randrange(9)
    at = chance.randrange(len(string))
    if way == 0:
        return string[:at] + chance.choice("的一，代a") + string[at + 1 :]
    if way == 1 and len(string) > 1:
        return string[:at] + string[at + 1 :]
    if way == 2:
        return COMPLICATE.convert(string)
    if way == 3:
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in string)
    if way == 4:
        return string[:at] + chance.choice([" ", "\u3000", "\n"]) + string[at:]
    if way == 5:
        return string[:at] + chance.choice(UNSEEN) + string[at:]
    if way == 6:
        return "".join(map(partial(replace_sign, chance), string))
    if way == 7:
        return unicodedata.normalize(chance.choice(["NFC", "NFD"]), string)
    return string


def replace_sign(chance: random.Random, char: str) -> str:
    return next((chance.choice(signs) for signs in EQUAL if char in signs), char)


@pytest.mark.parametrize("seed", range(3))
def test_a_quoted_string_finds_what_contains_it_and_nothing_else(
    speeches: list[Speech], seed: int
) -> None:
    chance = random.Random(seed)
    zones = {
        speech.pk: [fold(zone) for zone in (speech.title, speech.subtitle, speech.current.text)]
        for speech in speeches
        if speech.current
    }
    for _ in range(ROUNDS):
        speech = chance.choice(speeches)
        assert speech.current is not None
        source = chance.choice([speech.title, speech.subtitle or "题", speech.current.text])
        start = chance.randrange(len(source))
        string = vary(source[start : start + chance.randint(1, 50)], chance)
        if not fold(string):
            continue
        request = SearchRequest(text=quote(string), per_page=None, sort="date")
        found = {hit.speech_id for hit in search.run_search(request).hits}
        plain = fold(string)
        wanted = {pk for pk, texts in zones.items() if any(plain in text for text in texts)}
        assert found == wanted, string
