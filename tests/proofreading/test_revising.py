"""Tracked changes in a Word file: all accepted is the clean text, refused the original."""

from __future__ import annotations

import shutil
import subprocess
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, strategies as st
from lxml import etree

from corpus_app.proofreading.drafts import read_draft
from corpus_app.proofreading.findings import DraftFinding
from corpus_app.proofreading.revising import narrow, revise_docx
from tests.proofreading.test_commenting import HOLDERS, PARTS, make_docx, read_body, save
from tests.thoroughness import draw

BOLD = "<w:rPr><w:b/><w:color w:val='FF0000'/></w:rPr>"


def find(text: str, words: str, suggestion: str | None, nth: int = 0) -> DraftFinding:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return DraftFinding("slogan", at, at + len(words), words, "理由。", suggestion)


def read_xml(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with ZipFile(BytesIO(data)) as packed:
        return etree.fromstring(packed.read(name))


def settle(root: etree._Element, *, accept: bool) -> etree._Element:
    """Accept or refuse all of 言库's own changes, as Word does."""
    root = deepcopy(root)
    kept, gone = ("ins", "del") if accept else ("del", "ins")
    for one in list(root.iter(qn(f"w:{gone}"), qn(f"w:{kept}"))):
        if one.get(qn("w:author")) != "言库校稿":
            continue
        parent = one.getparent()
        assert parent is not None
        if one.tag == qn(f"w:{kept}"):
            for child in one:
                one.addprevious(child)
        parent.remove(one)
    for words in root.iter(qn("w:delText")):
        words.tag = qn("w:t")
    return root


def read_lines(root: etree._Element) -> list[str]:
    """Return the words of each paragraph; what somebody else deleted is none."""
    lines = []
    for paragraph in root.iter(qn("w:p")):
        parts = paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:noBreakHyphen"))
        signs = {qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
        lines.append(
            "".join(
                signs.get(one.tag, one.text or "")
                for one in parts
                if not any(a.tag in (qn("w:del"), qn("w:moveFrom")) for a in one.iterancestors())
            )
        )
    return lines


def list_looks(root: etree._Element) -> list[tuple[str, bytes]]:
    """Return each character with the look of its run."""
    looks = []
    for run in root.iter(qn("w:r")):
        look = run.find(qn("w:rPr"))
        own = b"" if look is None else etree.tostring(look, method="c14n")
        looks += [(char, own) for one in run.iter(qn("w:t")) for char in one.text or ""]
    return looks


def change(data: bytes, *findings: DraftFinding, text: str) -> etree._Element:
    revised, unchanged = revise_docx(data, text, findings)
    assert unchanged == 0
    return read_xml(revised)


def test_accepted_words_stand_in_the_look_of_those_they_replace() -> None:
    data = make_docx(f"<w:r><w:t>要坚持</w:t></w:r><w:r>{BOLD}<w:t>人民当家做主。</w:t></w:r>")
    text = "要坚持人民当家做主。"
    root = change(data, find(text, "人民当家做主", "人民当家作主"), text=text)
    (gone,), (new,) = root.iter(qn("w:delText")), root.iter(qn("w:ins"))
    assert (gone.text, "".join(new.itertext())) == ("做", "作")
    assert new.get(qn("w:author")) == "言库校稿"
    assert str(new.get(qn("w:date"))).endswith("Z")
    accepted, refused = settle(root, accept=True), settle(root, accept=False)
    assert read_lines(accepted) == ["要坚持人民当家作主。"]
    assert list_looks(refused) == list_looks(read_xml(data))
    assert {look for char, look in list_looks(accepted) if char in "人作主"} == {
        look for char, look in list_looks(read_xml(data)) if char == "做"
    }


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_what_is_no_words_is_never_deleted(part: str) -> None:
    data = make_docx(f"<w:r><w:t>甲乙</w:t>{part}<w:t>丙丁</w:t></w:r>")
    words, names = read_body(data)
    text = "甲乙丙丁" if "-" not in words else words
    revised, unchanged = revise_docx(data, text, [find(text, "乙丙", "戊")])
    root = read_xml(revised)
    assert read_lines(settle(root, accept=False)) == read_lines(read_xml(data))
    if not unchanged:
        for name in ("drawing", "footnoteReference", "fldChar", "sym", "ruby", "pict", "br"):
            assert names[name] == sum(1 for _ in settle(root, accept=True).iter(qn(f"w:{name}")))
            assert not [d for d in root.iter(qn("w:del")) if list(d.iter(qn(f"w:{name}")))]


@pytest.mark.parametrize("holder", HOLDERS.values(), ids=HOLDERS)
@pytest.mark.parametrize(("words", "new"), [("做主", "作主"), ("，", "，更"), ("当家", "")])
def test_links_fields_and_insertions_of_others_stay_around_their_words(
    holder: str, words: str, new: str
) -> None:
    data = make_docx("<w:r><w:t>要</w:t></w:r>" + holder % "<w:r><w:t>当家做主，办好</w:t></w:r>")
    text = "要当家做主，办好"
    root = change(data, find(text, words, new), text=text)
    assert text.replace(words, new) in read_lines(settle(root, accept=True))
    assert list_looks(settle(root, accept=False)) == list_looks(read_xml(data))
    numbers = [one.get(qn("w:id")) for one in root.iter(qn("w:ins"), qn("w:del"))]
    assert len(set(numbers)) == len(numbers)
    assert not [one for one in root.iter(qn("w:ins")) if one.getparent().tag == qn("w:ins")]


# Made of others' changes: deleted, inserted and moved words, and two paragraphs made one.
TRACKED = (
    '<w:r><w:t>要坚持</w:t></w:r><w:del w:id="1" w:author="甲"><w:r><w:delText>全过程民主和'
    '</w:delText></w:r></w:del><w:ins w:id="2" w:author="甲"><w:r><w:t>人民当家做主和</w:t></w:r>'
    '</w:ins><w:moveFrom w:id="3" w:author="甲"><w:r><w:t>某某同志</w:t></w:r></w:moveFrom>'
    '<w:r><w:t>依法治国，</w:t></w:r><w:moveTo w:id="4" w:author="甲"><w:r><w:t>办好实事。</w:t>'
    "</w:r></w:moveTo>"
)


@pytest.mark.django_db
def test_what_others_deleted_is_neither_checked_nor_in_the_way() -> None:
    from corpus_app.proofreading.checking import check_draft

    data = make_docx("<w:r><w:t>同志们：</w:t></w:r>", TRACKED)
    draft = read_draft(data, "稿件.docx")
    assert draft.text.split() == ["同志们：", "要坚持人民当家做主和依法治国，办好实事。"]
    checked = check_draft(draft).drop_unlikely()
    assert [(one.text, one.kind) for one in checked.findings] == [("人民当家做主", "slogan")]
    root = change(data, *checked.findings, text=checked.text)
    assert "要坚持人民当家作主和依法治国，办好实事。" in read_lines(settle(root, accept=True))
    assert read_lines(settle(root, accept=False)) == read_lines(read_xml(data))
    others = [one for one in root.iter() if one.get(qn("w:author")) == "甲"]
    assert {etree.QName(one).localname for one in others} == {"ins", "del", "moveFrom", "moveTo"}


def test_tables_heads_and_remarks_of_a_file_stay_around_its_changes() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "内部材料做主"
    noted = document.add_paragraph("要坚持人民当家做主。")
    document.add_comment(noted.runs[0], "请再核实", "甲", "甲")
    document.add_table(1, 2).cell(0, 1).text = "当家做主"
    data = save(document)
    text = "要坚持人民当家做主。\n\n当家做主"
    findings = [find(text, "做主", "作主"), find(text, "做主", "作主", nth=1)]
    revised, unchanged = revise_docx(data, text, findings)
    root, before = read_xml(revised), read_xml(data)
    assert unchanged == 0
    assert read_lines(settle(root, accept=False)) == read_lines(before)
    assert "".join(read_lines(settle(root, accept=True))).count("作主") == 2
    for name in ("tbl", "tc", "sectPr", "commentRangeStart", "commentReference"):
        count = [sum(1 for _ in one.iter(qn(f"w:{name}"))) for one in (root, before)]
        assert count[0] == count[1] > 0
    for part in ("word/comments.xml", "word/header1.xml", "word/styles.xml"):
        same = [etree.tostring(read_xml(one, part), method="c14n") for one in (revised, data)]
        assert same[0] == same[1]


def test_what_has_no_exact_place_becomes_a_comment() -> None:
    box = PARTS["box"].replace("框", "框里做主")
    data = make_docx(f"<w:r><w:t>开头</w:t>{box}</w:r>", "<w:r><w:t>上段。</w:t></w:r>")
    text = "开头\n框里做主\n上段。"
    wanted = [find(text, "做主", "作主"), find(text, "头\n框", "头，框"), find(text, "段", None)]
    revised, unchanged = revise_docx(data, text, wanted[:2], wanted[2:])
    assert unchanged == 2
    root = read_xml(revised)
    assert not list(root.iter(qn("w:del"), qn("w:ins")))
    told = "".join(read_xml(revised, "word/comments.xml").itertext())
    assert told.count("理由。") == 3


def test_overlapping_changes_and_comments_keep_the_words() -> None:
    text = "要坚持人民当家做主的原则"
    data = make_docx(f"<w:r><w:t>{text}</w:t></w:r>")
    accepted = [find(text, "当家做主", "当家作主"), find(text, "人民当家做", "群众当家做")]
    revised, unchanged = revise_docx(data, text, accepted, [find(text, "持人民当家", None)])
    assert unchanged == 1
    root = read_xml(revised)
    assert read_lines(settle(root, accept=True)) == [text.replace("做", "作")]
    assert read_lines(settle(root, accept=False)) == [text]


@given(st.text("甲乙丙丁", max_size=12), st.text("甲乙丙丁", max_size=6), st.data())
def test_a_narrowed_change_says_the_same(text: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    less = narrow(text, start, end, new)
    assert text[: less.start] + less.words + text[less.end :] == text[:start] + new + text[end:]


@draw(60)
@given(
    st.lists(st.lists(st.text("甲乙丙丁戊己，。", min_size=1, max_size=8), min_size=1), max_size=4),
    st.randoms(use_true_random=False),
)
def test_any_changes_can_be_accepted_and_refused(lines: list[list[str]], random: object) -> None:
    text = "\n".join("".join(runs) for runs in lines)
    looks = ("", BOLD)
    data = make_docx(
        *(
            "".join(f"<w:r>{looks[n % 2]}<w:t>{words}</w:t></w:r>" for n, words in enumerate(runs))
            for runs in lines
        )
    )
    findings, clean, at = [], "", 0
    for start in range(len(text)):
        if start < at or "\n" in text[start : start + 3] or random.random() < 0.6:  # type: ignore[attr-defined]
            continue
        end = min(len(text), start + random.randint(1, 3))  # type: ignore[attr-defined]
        new = random.choice(["", "新", "新的话", text[start:end] + "新"])  # type: ignore[attr-defined]
        findings.append(replace(find(text, text[start:end], new), start=start, end=end))
        clean, at = clean + text[at:start] + new, end
    clean += text[at:]
    revised, unchanged = revise_docx(data, text, findings)
    root = read_xml(revised)
    assert list_looks(settle(root, accept=False)) == list_looks(read_xml(data))
    if not unchanged:
        assert "\n".join(read_lines(settle(root, accept=True))).strip() == clean.strip()


TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def read_flat(root: etree._Element, *, accept: bool) -> str:
    """Return what a flat OpenDocument text says with its changes all accepted or all refused."""
    regions = {one.get(f"{TEXT}id"): one[0].tag for one in root.iter(f"{TEXT}changed-region")}
    unwanted = f"{TEXT}deletion" if accept else f"{TEXT}insertion"
    lines, hidden = [], False
    for paragraph in root.iter(f"{TEXT}p"):
        lines.append("")
        for one in paragraph.iter():
            number = one.get(f"{TEXT}change-id")
            if number and regions[number] == unwanted:
                hidden = one.tag == f"{TEXT}change-start"
            if one is not paragraph and one.text and not hidden:
                lines[-1] += one.text
    return "\n".join(lines)


@pytest.mark.slow
@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice (soffice) or pdftotext is not installed here",
)
def test_libreoffice_reads_both_sides_and_draws_them(tmp_path: Path) -> None:
    text = "要坚持人民当家做主。\n办好群众身边的小事"
    data = make_docx(*(f"<w:r>{BOLD}<w:t>{line}</w:t></w:r>" for line in text.split("\n")))
    findings = [find(text, "做主", "作主"), find(text, "事", "事。"), find(text, "身边", "")]
    revised, unchanged = revise_docx(data, text, findings)
    source = tmp_path / "draft.docx"
    source.write_bytes(revised)
    for kind in ("fodt", "pdf"):
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
        command += ["--convert-to", kind, "--outdir", str(tmp_path), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    flat = etree.parse(tmp_path / "draft.fodt").getroot()
    assert unchanged == 0
    assert read_flat(flat, accept=True) == "要坚持人民当家作主。\n办好群众的小事。"
    assert read_flat(flat, accept=False) == text
    assert flat.xpath("string(//*[local-name()='creator'])") == "言库校稿"
    command = ["pdftotext", str(tmp_path / "draft.pdf"), "-"]
    drawn = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "办好群众身边的小事。" in drawn
