"""Exports: what a reference manager reads back is what we wrote."""

import json
import re

import pytest
from hypothesis import given, strategies as st

from corpus_app.desk.citation.bibtex import clean_key, escape_tex, write_bibtex
from corpus_app.desk.citation.exports import (
    EXPORTS,
    escape_markdown,
    export_item,
    export_items,
    quote_markdown,
    write_markdown,
)
from corpus_app.desk.citation.items import read_item
from corpus_app.desk.citation.ris import write_ris

SPEECH = read_item(
    {
        "id": "yanku-12",
        "type": "webpage",
        "title": "在云溪市人大工作会议上的讲话：节选_100%{稿}",
        "author": [{"family": "郑", "given": "远山"}, {"literal": "云溪市人大常委会, 研究室"}],
        "container-title": "云溪人大网",
        "issued": {"date-parts": [[2024, 4]]},
        "accessed": {"date-parts": [[2026, 7, 2]]},
        "URL": "https://rd.yunxi.example/a_b?x={1}&y=2",
        "language": "zh-CN",
        "note": "所据文本中间有缺失，引用前请核对原件。\n言库链接：https://yanku.example/p/1",
    }
)
CHAPTER = read_item(
    {
        "type": "chapter",
        "title": "论联络站",
        "author": [{"family": "Hill", "given": "Ann"}],
        "editor": [{"literal": "郑远山"}],
        "container-title": "云溪文丛",
        "publisher": "云岭出版社",
        "publisher-place": "云溪",
        "issued": {"date-parts": [[2019]]},
        "page": "12-15",
    }
)
_UNESCAPES = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{"\\" + sign: sign for sign in "{}&%$#_"},
}


def unescape_tex(text):
    pattern = "|".join(re.escape(key) for key in sorted(_UNESCAPES, key=len, reverse=True))
    return re.sub(pattern, lambda found: _UNESCAPES[found[0]], text)


def read_bibtex(text):
    """Return kind, key and fields of one entry, read by counting braces."""
    head = re.match(r"@(\w+)\{([^,]+),\n", text)
    fields = {}
    position = head.end()
    while found := re.compile(r"  (\w+) = \{").match(text, position):
        position, depth, start = found.end(), 1, found.end()
        while depth:
            if text[position] == "\\":
                position += 1
            else:
                depth += {"{": 1, "}": -1}.get(text[position], 0)
            position += 1
        fields[found[1]] = text[start : position - 1]
        assert text[position : position + 2] == ",\n"
        position += 2
    assert text[position:] == "}\n"
    return head[1], head[2], fields


def read_ris(text):
    """Return the tags of one record with the lists of their values."""
    tags = {}
    for line in text.split("\r\n")[:-1]:
        found = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        tags.setdefault(found[1], []).append(found[2])
    return tags


def test_a_bibtex_entry_reads_back():
    kind, key, fields = read_bibtex(write_bibtex(SPEECH))
    assert (kind, key) == ("online", "yanku-12")
    assert unescape_tex(fields["title"]) == SPEECH.title
    assert fields["author"] == "郑, 远山 and {云溪市人大常委会, 研究室}"
    assert fields["date"] == "2024-04"
    assert fields["urldate"] == "2026-07-02"
    assert fields["url"] == "https://rd.yunxi.example/a_b?x=%7B1%7D&y=2"
    assert "\n" not in fields["note"]


def test_bibtex_names_what_a_chapter_stands_in():
    kind, key, fields = read_bibtex(write_bibtex(CHAPTER))
    assert (kind, key) == ("incollection", "yanku")
    assert fields["booktitle"] == "云溪文丛"
    assert fields["author"] == "Hill, Ann"
    assert fields["editor"] == "{郑远山}"
    assert fields["pages"] == "12--15"


@given(st.text())
def test_whatever_a_title_holds_bibtex_gives_it_back(title):
    item = read_item({"type": "book", "title": title})
    fields = read_bibtex(write_bibtex(item))[2]
    assert unescape_tex(fields.get("title", "")) == " ".join(title.split())


@given(st.text())
def test_escaped_tex_has_no_open_brace(text):
    escaped = escape_tex(text)
    bare = re.sub(r"\\[{}]", "", escaped)
    assert bare.count("{") == bare.count("}")


def test_a_ris_record_reads_back():
    tags = read_ris(write_ris(SPEECH))
    assert tags["TY"] == ["ELEC"]
    assert tags["AU"] == ["郑远山", "云溪市人大常委会, 研究室"]
    assert tags["TI"] == [SPEECH.title]
    assert tags["PY"] == ["2024"]
    assert tags["DA"] == ["2024/04//"]
    assert tags["Y2"] == ["2026/07/02/"]
    assert tags["ER"] == [""]
    assert next(iter(tags)) == "TY"
    assert list(tags)[-1] == "ER"


def test_ris_splits_pages_and_latin_names():
    tags = read_ris(write_ris(CHAPTER))
    assert (tags["SP"], tags["EP"]) == (["12"], ["15"])
    assert tags["AU"] == ["Hill, Ann"]
    assert tags["T2"] == ["云溪文丛"]


@given(st.text())
def test_no_title_breaks_the_lines_of_ris(title):
    item = read_item({"type": "book", "title": title})
    assert read_ris(write_ris(item)).get("TI", [""]) == [" ".join(title.split())]


def test_csl_json_reads_back_as_the_same_items():
    written = json.loads(export_items([SPEECH, CHAPTER], "csl-json"))
    assert read_item(written[0]) == SPEECH
    assert [entry["id"] for entry in written] == ["yanku-12", "yanku"]


def test_items_without_an_id_get_keys_that_differ():
    text = export_items([CHAPTER, CHAPTER, SPEECH], "bibtex")
    assert re.findall(r"@\w+\{([^,]+),", text) == ["yanku", "yanku-2", "yanku-12"]


def test_markdown_escapes_marks_but_keeps_the_address():
    text = write_markdown(SPEECH)
    assert text.startswith("[^yanku-12]: 郑远山，")
    assert r"节选\_100%{稿}\[EB/OL\]" in text
    assert "<https://rd.yunxi.example/a_b?x={1}&y=2>." in text


def test_a_quotation_ends_in_its_footnote():
    text = quote_markdown("第一段。\n\n第二*段。", CHAPTER, key="1")
    assert text.startswith("> 第一段。\n>\n> 第二\\*段。[^1]\n\n[^1]: Hill A. ")


def test_a_quoted_line_starts_no_list():
    text = quote_markdown("　　1. 加强学习\n- 抓好落实\n一是坚持", CHAPTER, key="1")
    assert text.startswith("> 1\\. 加强学习\n>\n> \\- 抓好落实\n>\n> 一是坚持[^1]")


def test_an_address_ends_before_the_stop_behind_it():
    assert escape_markdown("见 https://a.example/x_y.") == "见 <https://a.example/x_y>."


def test_several_references_are_numbered_one_is_not():
    assert export_item(CHAPTER, "gbt7714").startswith("Hill A. 论联络站")
    assert re.findall(r"^\[\d\]", export_items([CHAPTER, SPEECH], "gbt7714"), re.MULTILINE) == [
        "[1]",
        "[2]",
    ]


def test_several_footnotes_have_circled_numbers():
    lines = export_items([CHAPTER, SPEECH], "footnote").splitlines()
    assert [line[0] for line in lines] == ["①", "②"]


@pytest.mark.parametrize("form", EXPORTS)
def test_every_form_writes_every_kind_and_nothing_for_none(form):
    assert "云溪" in export_items([SPEECH, CHAPTER], form)
    assert "云溪" not in export_items([], form)


def test_the_edition_reaches_the_text_forms():
    assert "云溪: 云岭出版社, 2019" in export_item(CHAPTER, "footnote", edition="2015")


def test_a_form_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        export_item(CHAPTER, "word")


def test_a_key_holds_only_letters_and_digits():
    assert clean_key("讲话/12 (a)") == "12-a"
    assert clean_key("讲话") == "yanku"
