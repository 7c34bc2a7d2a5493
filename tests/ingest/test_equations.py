"""Formulas and drawn fields keep every word and sign, on one line."""

from __future__ import annotations

import pytest
from lxml import etree

from corpus_app.ingest.formats.equations import write_equation
from corpus_app.ingest.formats.fields import FieldResult, read_instruction

OMML = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def part(name: str, *texts: str) -> str:
    runs = "".join(f"<m:r><m:t>{text}</m:t></m:r>" for text in texts)
    return f"<m:{name}>{runs}</m:{name}>"


@pytest.mark.parametrize(
    ("xml", "line"),
    [
        (part("e", "92%"), "92%"),
        (f"<m:f><m:fPr/>{part('num', '1')}{part('den', '2')}</m:f>", "1/2"),
        (f"<m:f>{part('num', '甲+乙')}{part('den', '总数')}</m:f>", "(甲+乙)/总数"),
        (f"<m:sSup>{part('e', 'x')}{part('sup', '2')}</m:sSup>", "x²"),
        (f"<m:sSub>{part('e', 'CO')}{part('sub', '2')}</m:sSub>", "CO₂"),
        (f"<m:sSup>{part('e', 'x')}{part('sup', 'ab')}</m:sSup>", "x^ab"),
        (f"<m:rad>{part('deg', '3')}{part('e', '8')}</m:rad>", "∛8"),
        (f'<m:d><m:dPr><m:begChr m:val="["/></m:dPr>{part("e", "a")}</m:d>', "[a)"),
        (
            f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>{part("sub", "1")}'
            f"{part('sup', 'n')}{part('e', 'x')}</m:nary>",
            "∑₁ⁿx",
        ),
        (f"<m:m><m:mr>{part('e', '1') * 2}</m:mr><m:mr>{part('e', '2')}</m:mr></m:m>", "1 1; 2"),
        (f"<m:unknown>{part('e', '词')}</m:unknown>", "词"),
        ('<m:phant><m:phantPr><m:show m:val="0"/></m:phantPr>' + part("e", "x") + "</m:phant>", ""),
    ],
)
def test_a_formula_of_word_is_written_on_one_line(xml: str, line: str) -> None:
    assert write_equation(etree.fromstring(f"<m:oMath {OMML}>{xml}</m:oMath>")) == line


@pytest.mark.parametrize(
    ("xml", "line"),
    [
        ("<mn>92</mn><mo>%</mo>", "92%"),
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"),
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x²"),
        ("<msqrt><mn>2</mn></msqrt>", "√2"),
        ("<semantics><mn>5</mn><annotation>{5}</annotation></semantics>", "5"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a,b)"),
    ],
)
def test_a_formula_of_opendocument_is_written_on_one_line(xml: str, line: str) -> None:
    math = f'<math xmlns="http://www.w3.org/1998/Math/MathML">{xml}</math>'
    assert write_equation(etree.fromstring(math)) == line


@pytest.mark.parametrize(
    ("instruction", "result"),
    [
        (r" eq \o\ac(○,12) ", FieldResult("⑫")),
        (r"EQ \o\ac(○,三)", FieldResult("㊂")),
        (r"EQ \o\ac(□,优)", FieldResult("□优")),
        (r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(dēng),登)', FieldResult("登", "dēng")),
        (r'EQ \* jc2\*"Font:宋体"\*hps10\o\ad(\s\up9(dēng),登)', FieldResult("登", "dēng")),
        (r"EQ \o\ad(登,\s\do 4(dēng))", FieldResult("登", "dēng")),
        (r"EQ \f(1,2)", FieldResult("1/2")),
        (r"EQ x\s\up5(2)", FieldResult("x²")),
        (r"EQ \r(3,\f(a,b))", FieldResult("∛(a/b)")),
        (r"EQ \b\bc\[(\a\al\co2(甲,乙,丙))", FieldResult("甲 乙 丙")),
        (r'SYMBOL 179 \f "Symbol" \s 12', FieldResult("≥")),
        ("SYMBOL 0xFC \\f Wingdings", FieldResult("✓")),
        ("MACROBUTTON NoMacro [单击填写]", FieldResult("[单击填写]")),
        ("AUTONUM", FieldResult(counted=True)),
        ('XE "索引词"', FieldResult()),
        ('HYPERLINK "http://a.example"', FieldResult()),
        ("", FieldResult()),
    ],
)
def test_a_drawn_field_shows_what_its_instruction_says(
    instruction: str, result: FieldResult
) -> None:
    assert read_instruction(instruction) == result


def test_hostile_instructions_end() -> None:
    assert read_instruction("EQ " + "\\o(" * 5000).text is not None
    assert read_instruction("EQ " + "\\s\\up 9(" * 200 + "甲").text is not None
