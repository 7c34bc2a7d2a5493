"""Automatic numbers of Word come out as they are shown: by format, style, restart and override."""

from __future__ import annotations

from corpus_app.ingest.formats import extract
from tests.ingest.word_files import build_package


def level(depth: int, style: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def number(identity: int, definition: int, more: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{definition}"/>{more}</w:num>'


def define(*levels: str, identity: int = 0, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{more}{"".join(levels)}</w:abstractNum>'


def item(identity: int | None, depth: int = 0, style: str = "", text: str = "项") -> str:
    place = (
        f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{identity}"/></w:numPr>'
        if identity is not None
        else ""
    )
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{place}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def read(numbering: str, *items: str, styles: str = "") -> list[str]:
    parts = {"numbering": f"<w:numbering>{numbering}</w:numbering>"}
    parts["styles"] = f"<w:styles>{styles}</w:styles>"
    raw = extract(build_package("".join(items), parts), "a.docx").raw
    return [line.removesuffix("项") for line in raw.splitlines()]


def test_a_pattern_holds_words_and_levels() -> None:
    levels = (
        level(0, "ideographLegalTraditional", "第%1部分　"),
        level(1, "decimalEnclosedCircle", "%2"),
        level(2, "upperRoman", "%1.%3、"),
        level(3, "decimal", "%1.%4", "<w:isLgl/>"),
        level(4, "none", "附："),
    )
    items = (item(1, depth) for depth in (0, 1, 1, 2, 3, 4, 0))
    labels = ["第壹部分　", "①", "②", "壹.I、", "1.1", "附：", "第貳部分　"]
    assert read(define(*levels) + number(1, 0), *items) == labels


def test_lists_of_one_definition_count_on_unless_they_start_anew() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    change = f'<w:lvlOverride w:ilvl="0">{level(0, "decimalFullWidth", "（%1）")}</w:lvlOverride>'
    numbering = define(level(0, "decimal", "%1.")) + number(1, 0) + number(2, 0)
    numbering += number(3, 0, restart) + number(4, 0, change)
    items = (item(identity) for identity in (1, 1, 2, 3, 3, 4))
    assert read(numbering, *items) == ["1.", "2.", "3.", "1.", "2.", "（３）"]


def test_a_deeper_level_begins_anew_where_its_definition_says() -> None:
    def count(restart: str) -> list[str]:
        levels = (
            level(0, "decimal", "%1."),
            level(1, "decimal", "%2)"),
            level(2, "decimal", "(%3)", restart),
        )
        items = (item(1, depth) for depth in (0, 1, 2, 2, 1, 2, 0, 1, 2))
        return [label for label in read(define(*levels) + number(1, 0), *items) if "(" in label]

    assert count("") == ["(1)", "(2)", "(1)", "(1)"]
    assert count('<w:lvlRestart w:val="0"/>') == ["(1)", "(2)", "(3)", "(4)"]
    assert count('<w:lvlRestart w:val="1"/>') == ["(1)", "(2)", "(3)", "(1)"]


def test_a_style_puts_its_paragraphs_in_a_list() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='H1'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
        "</w:pPr></w:style><w:style w:type='paragraph' w:styleId='H2'><w:basedOn w:val='H1'/>"
        "<w:pPr><w:numPr><w:ilvl w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='H3'><w:basedOn w:val='H1'/></w:style>"
    )
    levels = (
        level(0, "chineseCounting", "%1、", "<w:pStyle w:val='H1'/>"),
        level(1, "chineseCounting", "（%2）", "<w:pStyle w:val='H2'/>"),
    )
    items = (
        item(None, style="H1"), item(None, style="H2"), item(None, style="H2"),
        item(None, style="H3"), item(0, style="H1"),
    )  # fmt: skip
    labels = read(define(*levels) + number(1, 0), *items, styles=styles)
    assert labels == ["一、", "（一）", "（二）", "二、", ""]


def test_a_list_may_take_its_definition_from_a_list_style() -> None:
    styles = (
        "<w:style w:type='numbering' w:styleId='L'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
        "</w:pPr></w:style>"
    )
    numbering = define(level(0, "chineseCounting", "%1、"), more="<w:styleLink w:val='L'/>")
    numbering += define(identity=5, more="<w:numStyleLink w:val='L'/>")
    numbering += number(1, 0) + number(2, 5)
    assert read(numbering, item(2), item(2), styles=styles) == ["一、", "二、"]


def test_hidden_words_have_no_number_and_empty_items_keep_theirs() -> None:
    hidden = item(1).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    numbering = define(level(0, "decimal", "%1.")) + number(1, 0)
    assert read(numbering, item(1), hidden, item(1, text=""), item(1)) == ["1.", "", "2.", "3."]


def test_bullets_show_words_but_no_signs() -> None:
    levels = (level(0, "bullet", "\uf06c"), level(1, "bullet", "注："))
    assert read(define(*levels) + number(1, 0), item(1), item(1, 1)) == ["", "注："]


def test_a_number_format_that_nobody_knows_is_told() -> None:
    numbering = define(level(0, "hebrew1", "%1.")) + number(1, 0)
    parts = {"numbering": f"<w:numbering>{numbering}</w:numbering>"}
    extracted = extract(build_package(item(1), parts), "a.docx")
    assert extracted.raw == "1.项\n"
    assert "hebrew1" in " ".join(notice.message for notice in extracted.notices)
