"""Every encoding in which Chinese was ever kept: round trips, damage, wrong saving, statements."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings, strategies as st
from lxml import etree
from opencc import OpenCC

from corpus_app.ingest.decode import Decoded, decode_text
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.encodings.cns import decode_euc_tw
from corpus_app.ingest.encodings.labels import find_encoding, find_stated
from corpus_app.ingest.pipeline import parse_bytes
from tests.places import ROOT

SPEECHES = sorted((ROOT / "fixtures/speeches").glob("*.txt"))
SIMPLIFIED = "\n".join(path.read_text("utf-8") for path in SPEECHES)
TRADITIONAL = OpenCC("s2tw").convert(SIMPLIFIED)
SCRIPT = '<script>function go(e,t){return"undefined"!=typeof e&&t.call(window,e);}</script>' * 40
PAGE = "<html><head><title>%s</title>" + SCRIPT + "</head><body><p>%s</p></body></html>"
HAN = re.compile("[\u4e00-\u9fff]")
# Encoding by codec, the script it is used for and the name that is reported.
SIMPLIFIED_CODECS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz-gb-2312",
}
TRADITIONAL_CODECS = {"big5": "big5", "cp950": "big5", "big5hkscs": "big5"}
UNICODE_CODECS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "utf-32": "utf-32",
    "utf-32-le": "utf-32",
    "utf-32-be": "utf-32",
    "utf-7": "utf-7",
}
CASES = [
    *((codec, SIMPLIFIED, name) for codec, name in {**SIMPLIFIED_CODECS, **UNICODE_CODECS}.items()),
    *((codec, TRADITIONAL, name) for codec, name in TRADITIONAL_CODECS.items()),
    ("gbk", TRADITIONAL, "gb18030"),
]
SPEECH = (
    "各位代表：今天我们召开代表工作会议，总结去年工作，部署今年任务。\n一、提高认识\n二、抓好落实\n"
)
HARD = "各位代表：今天我們召開代表工作會議，總結去年工作，部署今年任務。\n一、提高認識\n"


def keep(text: str, codec: str) -> str:
    """The characters of text that a codec has."""
    return text.encode(codec, "ignore").decode(codec)


def codes(decoded: Decoded) -> list[str]:
    return [notice.code for notice in decoded.notices]


@pytest.mark.parametrize(("codec", "source", "name"), CASES)
@pytest.mark.parametrize("page", [False, True])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_what_was_encoded_comes_back(
    codec: str, source: str, name: str, page: bool, data: st.DataObject
) -> None:
    length = data.draw(st.integers(12, 3000))
    start = data.draw(st.integers(0, len(source) - length))
    text = keep(source[start : start + length], codec)
    assume(len(HAN.findall(text)) >= 6)
    text = PAGE % (text[:8], text) if page else text
    decoded = decode_text(text.encode(codec))
    assert (decoded.text, decoded.encoding) == (text, name)
    assert not {"encoding_tie", "mojibake", "damaged_bytes", "encoding_repaired"} & set(
        codes(decoded)
    )


@pytest.mark.parametrize(("codec", "source", "name"), CASES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_of_a_few_characters_nothing_wrong_is_said_with_confidence(
    codec: str, source: str, name: str, data: st.DataObject
) -> None:
    length = data.draw(st.integers(3, 11))
    start = data.draw(st.integers(0, len(source) - length))
    text = keep("".join(source[start : start + length].split()), codec)
    try:
        draft = parse_bytes(text.encode(codec), "a.txt")
    except RejectedFile:
        return
    told = {notice.code for notice in draft.notices} & {"encoding_tie", "no_chinese"}
    assert told or draft.raw == text


@pytest.mark.parametrize("length", [4, 6, 30])
@pytest.mark.parametrize(
    ("codec", "title"), [("gbk", "工作报告与代表建议办理"), ("big5", "臺北市議會質詢紀錄")]
)
def test_a_title_of_four_characters_is_enough(codec: str, title: str, length: int) -> None:
    assert decode_text(title[:length].encode(codec)).text == title[:length]


def test_a_page_with_scripts_and_a_stated_set_is_read() -> None:
    page = '<html><head><meta charset="gb2312">' + PAGE % ("讲话", SPEECH)
    decoded = decode_text(page.encode("gbk"))
    assert (decoded.text, decoded.encoding, decoded.notices) == (page, "gb18030", ())


@pytest.mark.parametrize("stated", ["gb2312", "utf-8", "big5", "iso-8859-1", "utf-16", "nonsense"])
@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "big5"])
def test_a_wrong_statement_is_overruled(stated: str, codec: str) -> None:
    text = HARD if codec == "big5" else SPEECH
    page = f'<html><head><meta charset="{stated}"></head><body>{text}</body></html>'
    assert decode_text(page.encode(codec)).text == page


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="%s"?><p>',
        "<meta charset=%s>",
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=%s">',
    ],
)
def test_a_statement_settles_what_the_bytes_leave_open(head: str) -> None:
    alone = decode_text("中".encode("big5"))
    assert codes(alone) == ["encoding_tie"]
    stated = head % "big5" + "中"
    assert codes(decode_text(stated.encode("big5"))) == []
    other = head % "gbk" + "中"
    assert decode_text(other.encode("big5")).text == other.encode("big5").decode("gbk")
    assert decode_text("中".encode("big5"), "gbk").encoding == "gb18030"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("GB2312", "gb18030"),
        ("x-gbk", "gb18030"),
        ("gb_2312-80", "gb18030"),
        ("Big5-HKSCS", "big5"),
        ("x-x-big5", "big5"),
        ("unicode-1-1-utf-8", "utf-8"),
        ("unicode", "utf-16-le"),
        ("iso-8859-1", None),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str, name: str | None) -> None:
    assert find_encoding(label) == name


def test_statements_in_comments_do_not_count() -> None:
    assert find_stated(b"<!-- <meta charset=big5> --><meta charset='gbk'>") == "gb18030"
    assert find_stated(b"<p>charset=gbk</p>") is None


# 各位代表：今天我們召開代表工作會議，總結去年工作，部署今年任務。
IN_EUC_TW = bytes.fromhex(
    "c7d6c8edc5eecfd0a1a8c4f4c5b2cabcd4afc6aee2e4c5eecfd0c4d6c9a2e4c4fabea1a2"
    "f4eae1b8c6aac8a1c4d6c9a2a1a2dde5e5f7c4f4c8a1c7b6d9ada1a4"
)


def test_euc_tw_is_known_by_what_it_says() -> None:
    decoded = decode_text(IN_EUC_TW)
    assert decoded.text == HARD.split("\n")[0]
    assert (decoded.encoding, decoded.notices) == ("euc-tw", ())


def test_the_han_of_euc_tw_are_those_of_another_decoder() -> None:
    try:
        parser = etree.XMLParser(encoding="EUC-TW")
    except LookupError:
        pytest.skip("libxml2 knows no EUC-TW here")
    pairs = [bytes((a, b)) for a in range(0xC4, 0xFE) for b in range(0xA1, 0xFF)]
    pairs += [b"\x8e\xa2" + bytes((a, b)) for a in range(0xA1, 0xF2) for b in range(0xA1, 0xFF)]
    known = [pair for pair in pairs if decode_euc_tw(pair) != "\ufffd"]
    assert len(known) > 13_000
    data = b"\n".join(known)
    theirs = etree.fromstring(b"<a>" + data + b"</a>", parser).text
    assert decode_euc_tw(data) == theirs


def test_hz_is_chinese_and_plain_english_is_not() -> None:
    assert decode_text(SPEECH.encode("hz")).text == SPEECH
    draft = parse_bytes(b"Dear colleagues, welcome to this meeting. Let us begin.\n", "a.txt")
    assert "no_chinese" in [notice.code for notice in draft.notices]
    assert (draft.metadata.title, draft.metadata.title_inferred) == (None, False)


def test_japanese_mail_does_not_pass_as_chinese() -> None:
    draft = parse_bytes("これは国会の議事録です。\n".encode("iso2022_jp"), "a.txt")
    assert "これは国会" in draft.raw
    assert "no_chinese" in [notice.code for notice in draft.notices]


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("euc_kr", "오늘 우리는 회의를 개최합니다. 대표 여러분을 진심으로 환영합니다."),
        ("euc_jp", "これは国会の議事録です。本日の会議を開きます。"),
        ("shift_jis", "これは国会の議事録です。本日の会議を開きます。"),
        ("cp1251", "Уважаемые депутаты, сегодня мы открываем заседание."),
        ("cp1252", "Chers collègues, l'été dernier nous avons créé cette assemblée."),
    ],
)
def test_other_languages_do_not_pass_as_chinese(codec: str, text: str) -> None:
    with pytest.raises(RejectedFile) as refused:
        decode_text(text.encode(codec) * 3)
    assert refused.value.code == "undecodable"


def test_iso_2022_cn_changes_its_sets_in_mid_line() -> None:
    data = b"\x1b$)A\x0eVPND\x0f 1 \x1b$)G\x0eDcEF\x0f\n\x1b$)A\x0e8wN;4z1m\x0f\n"
    decoded = decode_text(data)
    assert decoded.encoding == "iso-2022-cn"
    assert re.match(r"中文 1 ..\n各位代表\n", decoded.text)


def test_nothing_but_question_marks_is_refused_and_says_why() -> None:
    with pytest.raises(RejectedFile) as refused:
        decode_text(b"?????????????? 2023? ??????????\n" * 3)
    assert refused.value.code == "undecodable"
    assert "问号" in refused.value.message
