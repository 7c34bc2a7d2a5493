"""Comments in a Word file: exactly at their words, and nothing else of the file is touched."""

from __future__ import annotations

from collections import Counter
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from corpus_app.proofreading.commenting import comment_docx
from corpus_app.proofreading.findings import DraftFinding

NAMES = nsdecls("w", "wp")
PLAIN = "<w:r><w:t>把××县的事</w:t></w:r>"
BLANK = "××"
# Of a run with words, what is no words.
PARTS = {
    "picture": "<w:drawing><wp:inline/></w:drawing>",
    "note": '<w:footnoteReference w:id="2"/>',
    "field": '<w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText>',
    "sign": '<w:sym w:font="Wingdings" w:char="F0FC"/>',
    "hyphens": "<w:noBreakHyphen/><w:softHyphen/>",
    "breaks": '<w:tab/><w:br/><w:br w:type="page"/><w:cr/>',
    "ruby": "<w:ruby><w:rubyBase><w:r><w:t>望</w:t></w:r></w:rubyBase></w:ruby>",
    "box": "<w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict>",
}
HOLDERS = {
    "link": "<w:hyperlink>%s</w:hyperlink>",
    "insertion": '<w:ins w:id="1">%s</w:ins>',
    "filled in": "<w:sdt><w:sdtContent>%s</w:sdtContent></w:sdt>",
    "field": '<w:fldSimple w:instr="PAGE">%s</w:fldSimple>',
    "tag": "<w:smartTag>%s</w:smartTag>",
}


def make_docx(*paragraphs: str) -> bytes:
    document = Document()
    for inner in paragraphs:
        document.element.body.append(parse_xml(f"<w:p {NAMES}>{inner}</w:p>"))
    return save(document)


def save(document: object) -> bytes:
    target = BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def read_body(data: bytes) -> tuple[str, Counter[str]]:
    """Return all words, and how many there are of every element but runs and comments."""
    body = Document(BytesIO(data)).element.body
    names = Counter(etree.QName(one).localname for one in body.iter())
    for name in [one for one in names if one.startswith("comment")] + ["r", "t", "rPr", "rStyle"]:
        names.pop(name, None)
    return "".join(one.text or "" for one in body.iter(qn("w:t"), qn("w:instrText"))), names


def read_marked(data: bytes) -> list[str]:
    """Return the words between the marks of each comment, in order."""
    found: list[str] = []
    within = False
    for one in Document(BytesIO(data)).element.body.iter():
        if one.tag == qn("w:commentRangeStart"):
            within = True
            found.append("")
        elif one.tag == qn("w:commentRangeEnd"):
            within = False
        elif one.tag == qn("w:t") and within:
            found[-1] += one.text or ""
    return found


def comment(data: bytes, text: str) -> tuple[bytes, int]:
    at = text.find(BLANK)
    blank = DraftFinding("placeholder", at, at + 2, BLANK, "这里还没有填写。")
    return comment_docx(data, text, [blank])


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_parting_a_run_loses_nothing_of_it(part: str) -> None:
    data = make_docx(
        f"<w:r><w:t>我们要</w:t>{part}<w:t>把××县的事</w:t>{part}<w:t>办好</w:t></w:r>"
    )
    marked, lost = comment(data, "我们要把××县的事办好")
    assert lost == 0
    assert read_body(marked) == read_body(data)
    assert read_marked(marked) == [BLANK]


@pytest.mark.parametrize("holder", HOLDERS.values(), ids=HOLDERS)
def test_words_in_links_and_fields_move_no_comment(holder: str) -> None:
    held = holder % "<w:r><w:t>工作条例</w:t></w:r>"
    for inner in (f"{held}{PLAIN}", holder % PLAIN, f"<w:r><w:t>按</w:t></w:r>{held}{PLAIN}{held}"):
        data = make_docx(inner)
        words, _names = before = read_body(data)
        marked, lost = comment(data, words)
        assert (read_marked(marked), lost) == ([BLANK], 0)
        assert read_body(marked) == before


def test_words_in_fields_around_whole_paragraphs_and_joined_cells_bear_comments() -> None:
    document = Document()
    cells = document.add_table(1, 2)
    cells.cell(0, 0).merge(cells.cell(0, 1)).text = "合并的格"
    held = f"<w:sdt {NAMES}><w:sdtContent><w:p>{PLAIN}</w:p></w:sdtContent></w:sdt>"
    document.element.body.append(parse_xml(held))
    marked, lost = comment(save(document), "合并的格\n把××县的事")
    assert (read_marked(marked), lost) == ([BLANK], 0)


def test_what_stands_in_a_box_is_told_at_the_first_words() -> None:
    data = make_docx(f"<w:r><w:t>开头的话</w:t>{PARTS['box'].replace('框', '框里××县')}</w:r>")
    marked, lost = comment(data, "开头的话\n框里××县")
    assert (read_marked(marked), lost) == (["开头的话框里××县"], 1)
    (told,) = Document(BytesIO(marked)).comments
    assert "标不出位置" in told.text
    assert "“××”：这里还没有填写。" in told.text
