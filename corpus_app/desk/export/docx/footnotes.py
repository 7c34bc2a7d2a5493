"""Real footnotes, which python-docx can't make: a part of their own, and marks that name them."""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from corpus_app.desk.export.docx.layout import serialize
from corpus_app.desk.export.docx.markup import make, make_text

# Word keeps these two for the lines between the text and its notes.
_SEPARATORS: Final = ((-1, "separator"), (0, "continuationSeparator"))


class Footnotes:
    """The notes of one document; add() as they come, finish() once at the end."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._root = make("footnotes")
        self._count = 0
        self._text_style = document.styles["footnote text"].style_id
        self._mark_style = document.styles["footnote reference"].style_id
        for number, kind in _SEPARATORS:
            paragraph = make("p", _keep_flat(), make("r", make(kind)))
            self._root.append(make("footnote", paragraph, type=kind, id=number))

    def add(self, paragraph: Paragraph, words: str) -> int:
        """Put a mark at the paragraph's end and words at the foot; return the note's number."""
        self._count += 1
        paragraph._p.append(self._mark(make("footnoteReference", id=self._count)))
        note = make(
            "p",
            make("pPr", make("pStyle", val=self._text_style)),
            self._mark(make("footnoteRef")),
            make_text(f" {words}"),
        )
        self._root.append(make("footnote", note, id=self._count))
        return self._count

    def finish(self) -> None:
        """Put the notes into the package; a document without notes stays without the part."""
        if not self._count:
            return
        document = self._document
        part = Part(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            serialize(self._root),
            document.part.package,
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        _set_numbering(document)

    def _mark(self, child: Any) -> Any:
        return make("r", make("rPr", make("rStyle", val=self._mark_style)), child)


def _keep_flat() -> Any:
    """Return the properties of a separator's paragraph: no indent, no more than a line."""
    return make(
        "pPr",
        make("spacing", before=0, after=0, line=240, lineRule="auto"),
        make("ind", firstLineChars=0, firstLine=0),
    )


def _set_numbering(document: Document) -> None:
    """Number ①②③, anew on each page, and name the separators in the settings."""
    numbering = make(
        "footnotePr",
        make("numFmt", val="decimalEnclosedCircle"),
        make("numRestart", val="eachPage"),
    )
    # The schema wants it before the page size.
    document.sections[0]._sectPr.get_or_add_pgSz().addprevious(numbering)
    separators = make("footnotePr", *(make("footnote", id=number) for number, _ in _SEPARATORS))
    settings = document.settings.element
    _place_setting(settings, separators)


def _place_setting(settings: Any, separators: Any) -> None:
    """Insert where the schema has it: before the notes at the end and what follows them."""
    for tag in (
        "endnotePr",
        "compat",
        "docVars",
        "rsids",
        "mathPr",
        "themeFontLang",
        "clrSchemeMapping",
    ):
        later = settings.find(qn(f"{'m' if tag == 'mathPr' else 'w'}:{tag}"))
        if later is not None:
            later.addprevious(separators)
            return
    settings.append(separators)
