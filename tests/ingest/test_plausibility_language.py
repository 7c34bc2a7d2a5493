"""Which texts are ordinary Chinese: genuine ones of every kind against wrong decodings."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.plausibility.language import find_language_fault
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE
from tests.places import ROOT

SAMPLES = sorted((ROOT / "fixtures" / "speeches").glob("*.txt"))
GENUINE = {
    "traditional": "各位代表：\n現在，我代表縣人民政府向大會報告工作，請予審議。過去一年，我們堅持"
    "以人民為中心，聚焦民生實事，辦成了一批群眾盼望多年的事情，各項事業取得了新的進展。",
    "ancient": "《大学》开篇说：“大学之道，在明明德，在亲民，在止于至善。知止而后有定，定而后能静，"
    "静而后能安，安而后能虑，虑而后能得。”又说：“苟日新，日日新，又日新。”",
    "names": "参加座谈的有阿依古丽·买买提、艾尔肯·吐尼亚孜、巴特尔·阿木古楞、扎西多吉、嘎玛泽登、"
    "古丽巴哈尔·热合曼、乌力吉巴雅尔、才仁旺姆等同志，大家发言都很热烈。",
    "latin": "全县PM2.5年均浓度下降，GDP增长6.1%，5G基站新建132个，ISO9001认证企业达到45家，"
    "DeepSeek-R1、ChatGPT等大模型进入政务大厅，O2O、B2B、PPP项目有序推进，CPI、PPI总体平稳。",
    "figures": "2023年完成投资12.5亿元，2024年1—9月完成13.7亿元，增长9.6%，"
    "其中工业8.4亿元，占61.3%。",
    "short": "同志们，散会。",
    "english quotation": "他说：“The people are the real heroes, and we are often childish and "
    "ignorant.” 这句话的意思是，群众是真正的英雄，而我们自己则往往是幼稚可笑的，不了解这一点，"
    "就不能得到起码的知识。我们要拜群众为师，向群众学习，把群众的智慧集中起来，再到群众中去落实。",
}
WRONG: dict[str, Callable[[str], str]] = {
    "utf-8 as gb18030": lambda text: text.encode().decode("gb18030", "replace"),
    "utf-8 as gbk, signs dropped": lambda text: text.encode().decode("gbk", "ignore"),
    "utf-8 as latin-1": lambda text: text.encode().decode("latin-1"),
    "utf-8 as cp1252": lambda text: text.encode().decode("cp1252", "replace"),
    "gbk as latin-1": lambda text: text.encode("gb18030").decode("latin-1"),
    "gbk as big5": lambda text: text.encode("gb18030").decode("big5hkscs", "replace"),
    "big5 as gbk": lambda text: text.encode("big5", "ignore").decode("gb18030", "replace"),
    "gbk as shift-jis": lambda text: text.encode("gb18030").decode("cp932", "replace"),
    "hz": lambda text: text.encode("hz", "ignore").decode("ascii"),
    "iso-2022-cn escapes": lambda text: text.encode("iso2022_jp_2", "ignore").decode("ascii"),
    "utf-7": lambda text: text.encode("utf-7").decode("ascii"),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "english": lambda text: "Fellow deputies, today we meet to review the work of the year. " * 9,
}
# Never looked at while the rules were made.
WRONG_KEPT_APART: dict[str, Callable[[str], str]] = {
    "utf-8 as cp1251": lambda text: text.encode().decode("cp1251", "replace"),
    "gbk as koi8-r": lambda text: text.encode("gb18030").decode("koi8-r", "replace"),
    "gbk as euc-kr": lambda text: text.encode("gb18030").decode("cp949", "replace"),
    "gbk as euc-jp": lambda text: text.encode("gb18030").decode("euc_jp", "replace"),
    "utf-16 with its bytes swapped": lambda text: text.encode("utf-16-le").decode(
        "utf-16-be", "replace"
    ),
    "private font": lambda text: "".join(chr(0xE000 + ord(sign) % 6000) for sign in text),
    "twice wrong": lambda text: (
        text.encode().decode("gb18030", "replace").encode().decode("gb18030", "replace")
    ),
    "escapes": lambda text: text.encode("unicode_escape").decode("ascii"),
    "russian": lambda text: "Уважаемые депутаты, сегодня мы подводим итоги года. " * 9,
    "japanese": lambda text: "みなさん、きょうはことしのしごとについておはなしします。" * 9,
}


@pytest.mark.parametrize("kind", GENUINE)
def test_genuine_chinese_of_every_kind_passes(kind: str) -> None:
    assert find_language_fault(GENUINE[kind]) is None


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:2])
def test_every_sample_passes(path: object) -> None:
    text = parse_bytes(path.read_bytes(), "a.txt").text  # type: ignore[attr-defined]
    assert find_language_fault(text) is None


@pytest.mark.parametrize("kind", [*WRONG, *WRONG_KEPT_APART])
def test_a_wrong_decoding_or_another_language_is_seen(kind: str) -> None:
    spoil = {**WRONG, **WRONG_KEPT_APART}[kind]
    for text in (WORK_CONFERENCE, TRAINING, TRAINING[:60]):
        assert find_language_fault(spoil(text)) is not None, spoil(text)[:40]


@pytest.mark.parametrize("kind", ["utf-8 as gb18030", "gbk as big5", "utf-8 as latin-1", "hz"])
def test_one_spoilt_stretch_in_a_sound_speech_is_seen(kind: str) -> None:
    sound = SAMPLES[0].read_text("utf-8")
    assert find_language_fault(sound) is None
    spoilt = sound[:500] + WRONG[kind](sound[500:900]) + sound[900:]
    assert find_language_fault(spoilt) is not None


@given(st.text(max_size=400))
def test_any_text_is_judged(text: str) -> None:
    fault = find_language_fault(text)
    assert fault is None or 0 <= fault.percent <= 100


def test_bytes_of_utf_16_that_were_read_as_ascii_are_seen_in_a_sound_text() -> None:
    sound = "今天召开这次会议，主要任务是交流做法、查找不足，请大家认真讨论，抓好落实。\n" * 8
    read = sound.encode("utf-16-be").decode("ascii", "ignore")
    wrong = "".join(sign for sign in read if sign.isprintable() and sign != " ")
    fault = find_language_fault(f"{sound}{wrong}\n{sound}")
    assert fault is not None
    assert fault.code == "row"


@pytest.mark.parametrize(
    "words",
    [
        "http://www.qingwu.gov.cn/a/index.php?id=1&page=2#top_of_page",
        "GB/T28001-2011、ISO/IEC27001:2013、IEEE802.11ax/be",
    ],
)
def test_addresses_and_names_of_standards_are_none(words: str) -> None:
    sound = "今天召开这次会议，主要任务是交流做法、查找不足，请大家认真讨论，抓好落实。\n" * 8
    assert find_language_fault(f"{sound}见{words}。\n{sound}") is None
