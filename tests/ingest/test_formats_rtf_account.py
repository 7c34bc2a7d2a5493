"""Every word of rich text is read, marked as unseen, or told of by a notice."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats import extract
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.richtext.destinations import STORIES, STRINGS, RtfDestinations
from corpus_app.ingest.formats.richtext.reader import RtfReader
from tests.ingest.format_files import read_seen
from tests.thoroughness import draw

HEAD = (
    "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}"
    "{\\f1\\froman\\fcharset2 Symbol;}{\\f2\\fnil\\fcharset136 MingLiU;}{\\f3\\fnil Arial;}}"
    "{\\colortbl;\\red255\\green255\\blue255;\\red31\\green78\\blue121;}"
    "{\\stylesheet{\\s0 Normal;}{\\*\\cs10 Hidden;}}{\\info{\\title 文}}\\f0 "
)


def escape(text: str) -> str:
    return "".join(f"\\u{ord(char)}?" if ord(char) > 127 else char for char in text)


def read(body: str) -> Extracted:
    source = f"{HEAD}{body}\\par {escape('末行')}}}"
    return extract(source.replace("{某词}", escape("某词")).encode("ascii", "ignore"), "a.rtf")


WORD = "{某词}"
SHAPE = "{\\shp{\\*\\shpinst\\shpleft100%s{\\shptxt " + WORD + "\\par}}{\\shprslt{\\*\\do ?}}}"
AROUND = {
    "group": "{%s}",
    "bold": "{\\b %s}",
    "revised": "{\\revised %s}",
    "link": '{\\field{\\*\\fldinst{HYPERLINK "http://a.example"}}{\\fldrslt %s}}',
    "bookmark": "{\\*\\bkmkstart a}%s{\\*\\bkmkend a}",
    "shown again": "{\\v0 %s}",
    "plain": "{\\v\\plain %s}",
    "cell": "\\trowd\\cellx1000\\pard\\intbl %s\\cell\\row\\pard ",
    "nested cell": "\\trowd\\cellx1000\\pard\\intbl\\itap2 %s\\nestcell{\\*\\nesttableprops\\trowd"
    "\\cellx900\\nestrow}{\\nonesttables\\par}\\pard\\intbl\\cell\\row\\pard ",
    "western font": "{\\f3 %s}",
}
READ = {
    **{f"words in {name}": xml.replace("%s", WORD) for name, xml in AROUND.items()},
    "box": SHAPE % "",
    "old box": "{\\*\\do{\\dptxbx{\\dptxbxtext " + WORD + "\\par}}}",
    "drawn letters": "{\\shp{\\*\\shpinst{\\sp{\\sn gtextUNICODE}{\\sv " + WORD + "}}}}",
    "two encodings": "{\\upr{??}{\\*\\ud{" + WORD + "}}}",
    "formula": "{\\mmath{\\*\\moMath{\\mr\\mscr0 " + WORD + "}}{\\*\\mmathPict{\\pict 00}}}",
    "list number": "{\\listtext " + WORD + "\\tab}",
    "choice": "{\\field{\\*\\fldinst FORMDROPDOWN{\\*\\formfield{\\fftype2\\ffres1{\\*\\ffl a}"
    "{\\*\\ffl " + WORD + "}}}}{\\fldrslt }}",
    "button": "{\\field{\\*\\fldinst MACROBUTTON None " + WORD + "}{\\fldrslt }}",
    "white on blue": "{\\cf1\\chcbpat2 " + WORD + "}",
    "white on a pattern": "{\\cf1\\chshdng5000\\chcfpat2 " + WORD + "}",
    "white on a cell's pattern": "\\trowd\\clshdng10000\\clcfpat2\\cellx1000\\pard\\intbl{\\cf1 "
    + WORD + "}\\cell\\row\\pard ",
    "object's text": "{\\object\\objemb{\\result " + WORD + "}}",
}  # fmt: skip
UNSEEN = {
    "hidden": "{\\v " + WORD + "}",
    "white": "{\\cf1 " + WORD + "}",
    "color of the paragraph": "{\\cbpat2\\cf2 " + WORD + "}",
    "color of the cell": "\\trowd\\clcbpat2\\cellx1000\\pard\\intbl{\\cf2 " + WORD
    + "}\\cell\\row\\pard ",
    "dot": "{\\fs2 " + WORD + "}",
    "frame off the page": "\\pard\\phpg\\posnegx-99999 " + WORD + "\\par\\pard ",
    "line of no height": "\\pard\\sl-10 " + WORD + "\\par\\pard ",
    "hidden box": SHAPE % "{\\sp{\\sn fHidden}{\\sv 1}}",
    "box off the page": SHAPE.replace("\\shpleft100", "\\shpleft-99999") % "",
    "reading": "{\\field{\\*\\fldinst EQ \\\\o\\\\ad(\\\\s\\\\up 9(" + WORD + ")," + escape("字")
    + ")}{\\fldrslt }}",
}  # fmt: skip
TOLD = {
    "header": ("{\\header " + WORD + "\\par}", "margins"),
    "first footer": ("{\\footerf " + WORD + "\\par}", "margins"),
    "comment": ("{\\*\\annotation{\\*\\atndate 1}" + WORD + "}", "comments"),
    "embedded file": ("{\\object{\\*\\objclass " + WORD + "}{\\*\\objdata 0102}}", "unread_part"),
    "unknown destination": ("{\\*\\later " + WORD + "}", "unread_part"),
    "counted field": ("{\\field{\\*\\fldinst AUTONUM " + WORD + "}{\\fldrslt }}", "unread_part"),
}


@pytest.mark.parametrize("body", READ.values(), ids=READ)
def test_words_inside_are_read_once(body: str) -> None:
    extracted = read(body)
    assert read_seen(extracted).count("某词") == 1
    assert read_seen(extracted).endswith("末行")


@pytest.mark.parametrize("body", UNSEEN.values(), ids=UNSEEN)
def test_words_that_nobody_sees_are_marked_and_told_of(body: str) -> None:
    extracted = read(body)
    assert "某词" in extracted.raw
    assert "某词" not in read_seen(extracted)
    assert {mark.kind for mark in extracted.marks} == {n.code for n in extracted.notices}


@pytest.mark.parametrize(("body", "code"), TOLD.values(), ids=TOLD)
def test_words_that_are_not_read_are_named(body: str, code: str) -> None:
    extracted = read(body)
    assert "某词" not in extracted.raw
    assert [n.code for n in extracted.notices if "某词" in n.message] == [code]


@draw(120)
@given(st.lists(st.sampled_from(sorted(set(AROUND) - {"cell", "nested cell"})), max_size=6))
def test_groups_may_nest_in_any_order(names: list[str]) -> None:
    body = WORD
    for name in names:
        body = AROUND[name].replace("%s", body)
    assert read_seen(read(body)).count("某词") == 1


def test_rows_are_lines_and_cells_keep_their_paragraphs() -> None:
    row = "\\trowd\\cellx1\\cellx2\\pard\\intbl a\\par b\\cell\\cell\\row"
    assert read(f"{row}{row}\\pard c").raw == "a b\t\na b\t\nc\n末行"


def test_bytes_are_read_by_the_script_of_their_font() -> None:
    big5 = "".join(f"\\'{byte:02x}" for byte in "代表".encode("big5"))
    sign = "{\\f1 \\'b3\\u-3917?}"
    assert read(f"{{\\f2 {big5}}}{sign}").raw.startswith("代表≥≥\n")


def test_a_character_in_two_halves_may_be_cut_by_the_format() -> None:
    assert read("\\uc1\\u-10176?{\\u-9216?}").raw.startswith("\U00020000")


PIECES = [
    *(
        "{",
        "}",
        "{\\*",
        "\\'b2",
        "\\'",
        "\\",
        "a;",
        "\\~",
        "\\\n",
        "\\u0 ",
        "\\u-10176 ",
        "\\bin3 ",
    ),
    *(f"{{\\{word} " for word in (*RtfDestinations.BEGINNINGS, *STORIES, *STRINGS, "mr", "mchr")),
    *(f"\\{word}{number} " for word in RtfReader.WORDS for number in ("", "0", "-99999")),
]


@draw(200)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_no_sequence_of_words_breaks_the_reader(pieces: list[str]) -> None:
    with suppress(RejectedFile):
        extract(f"{HEAD}a{''.join(pieces)}".encode(), "a.rtf")


def test_hostile_groups_end_with_an_answer() -> None:
    started = time.process_time()
    with pytest.raises(RejectedFile) as refused:
        read("{" * 100_000)
    assert refused.value.code == "damaged"
    assert read("}" * 100_000 + WORD).raw == "某词\n末行"
    assert read(WORD + "{\\pict\\bin99999999999 ").raw == "某词"
    assert time.process_time() - started < 5


def test_a_list_item_whose_number_stands_nowhere_is_told() -> None:
    codes = [notice.code for notice in read("\\pard\\ls1\\ilvl0 a\\par\\pard b").notices]
    assert codes == ["unread_part"]
    assert read("\\pard\\ls1{\\listtext 1.\\tab}a\\par\\pard b").raw == "1.a\nb\n末行"
