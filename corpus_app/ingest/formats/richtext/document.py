"""Rich text as text: the body, then its notes; what is not read is told."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_app.ingest.formats.elements import FileAccount
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.richtext.reader import RtfReader
from corpus_app.ingest.formats.richtext.tokens import find_code_page
from corpus_app.ingest.formats.visibility import (
    ExtractedText,
    join_lines,
    report_pictures,
    report_unseen,
)
from corpus_app.ingest.limits import Limits, check_length


def extract_richtext(data: bytes, limits: Limits) -> Extracted:
    """Return the text of an .rtf, notes last; raises "damaged" or "too_large"."""
    source = data.decode("latin-1").lstrip("\ufeff\xef\xbb\xbf\x00 \r\n\t")
    page = find_code_page(source)
    account = FileAccount()
    reader = RtfReader(page, account)
    reader.read(source)
    text = ExtractedText()
    lines = reader.story.finish()
    while lines and not lines[-1].length:
        lines.pop()
    for line in (*lines, *_iter_notes(reader)):
        text.write("\n" if text.length else "")
        text.add(line)
        check_length(text.length, limits)
    raw, marks = text.finish()
    notices = (*account.report(), *report_unseen(marks), *report_pictures(raw, marks))
    return Extracted(raw, page, "rtf", marks, notices)


def _iter_notes(reader: RtfReader) -> Iterator[ExtractedText]:
    """Foot- and endnotes follow the body as lines of their own: "[注1] …"."""
    for kind, stories in reader.notes.items():
        words = (join_lines(story.lines) for story in stories)
        for number, note in enumerate((note for note in words if note.length), start=1):
            line = ExtractedText()
            line.write(f"[{kind}{number}] ")
            line.add(note)
            yield line
