"""A compilation as a Word file."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph

from corpus_app.desk.export.compilation import Compilation, CompilationHeading, Quote
from corpus_app.desk.export.docx.footnotes import Footnotes
from corpus_app.desk.export.docx.layout import lay_out, mark_pages, number_pages
from corpus_app.desk.export.docx.markup import clean_text, make, make_text


def write_docx(compilation: Compilation, author: str = "") -> bytes:
    """Return the document as the bytes of a .docx; notes become comments signed by author."""
    document = docx.Document()
    lay_out(document)
    number_pages(document)
    if compilation.restriction:
        mark_pages(document, compilation.restriction)
    _describe(document, compilation.title, author)
    document.add_paragraph(clean_text(compilation.title), style="Title")
    document.add_paragraph()
    footnotes = Footnotes(document)
    for block in compilation.blocks:
        if isinstance(block, CompilationHeading):
            document.add_paragraph(clean_text(block.text), style=f"Heading {block.level}")
        else:
            _write_quote(document, compilation, block, footnotes, author)
    if compilation.omission:
        document.add_paragraph(clean_text(compilation.omission), style="Normal")
    if compilation.placement == "list":
        _write_list(document, compilation)
    footnotes.finish()
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _write_quote(
    document: Document, compilation: Compilation, quote: Quote, footnotes: Footnotes, author: str
) -> None:
    paragraphs = [
        document.add_paragraph(
            clean_text(line.text), style=f"Heading {line.level}" if line.level else "Normal"
        )
        for line in quote.lines
    ]
    last = paragraphs[-1]
    if quote.note:
        # A comment: read by whoever writes, never printed with the speech.
        document.add_comment(last.runs, clean_text(quote.note), author=author, initials=author[:1])
    if compilation.placement == "footnotes":
        footnotes.add(last, quote.footnote)
    elif compilation.placement == "list":
        _add_number(last, quote.number)
        if quote.notices:
            footnotes.add(last, "".join(quote.notices))


def _add_number(paragraph: Paragraph, number: int) -> None:
    paragraph._p.append(make_text(f"[{number}]", make("vertAlign", val="superscript")))


def _write_list(document: Document, compilation: Compilation) -> None:
    document.add_paragraph()
    document.add_paragraph("参考文献", style="Heading 1")
    for reference in compilation.references:
        document.add_paragraph(clean_text(reference), style="Reference")


def _describe(document: Document, title: str, author: str) -> None:
    properties = document.core_properties
    properties.title = clean_text(title)
    properties.author = properties.last_modified_by = author
    properties.comments = ""
    properties.language = "zh-CN"
