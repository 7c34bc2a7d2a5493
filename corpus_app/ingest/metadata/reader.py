"""Reading the lines above and below a speech into metadata and the spans they took."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus_app.ingest.draft import Metadata, Removed
from corpus_app.ingest.layout import INLINE_KINDS
from corpus_app.ingest.metadata.footer import read_footer
from corpus_app.ingest.metadata.header import read_header
from corpus_app.ingest.metadata.labels import apply_labels, read_labels
from corpus_app.ingest.metadata.lines import Line, read_edges, split_pieces
from corpus_app.ingest.metadata.witness import witness
from corpus_app.ingest.metadata.wrapper import find_speech
from corpus_app.ingest.rule_files import read_rules

# Keys of a front matter by the label that says the same.
_KEYS: Final = {
    "author": "作者",
    "speaker": "讲话人",
    "organisation": "单位",
    "source": "来源",
    "url": "原文链接",
}
_FRONT: Final = re.compile(rf"^({'|'.join(_KEYS)})\s*:\s*")


def read_metadata(raw: str, removed: Sequence[Removed]) -> tuple[Metadata, list[Removed]]:
    """Return what the lines of raw say about the speech, and the spans they stand in.

    removed is sorted; the new spans have kind "title" or "metadata" and lie outside it.
    """
    rules = read_rules("metadata")
    lines, last = read_edges(
        raw, removed, rules["titles"]["head_lines"], rules["footer"]["lines"] + 1
    )
    meta = Metadata()
    spans: list[Removed] = []
    if lines:
        head = split_pieces(lines[0]) + lines[1:]
        first = find_speech(head)
        taken = [("wrapper", line) for line in head[:first]]
        taken += read_header(meta, head[first:])
        spans += [s for kind, line in taken for s in _mark(raw, kind, line, "header")]
        used = {line.start for _, line in taken} | {lines[0].start}
        for line in read_footer(
            meta, [line for line in last[-rules["footer"]["lines"] :] if line.start not in used]
        ):
            spans += _mark(raw, "metadata", line, "footer")
    for span in removed:
        if len(span.text) <= 400 and span.kind not in INLINE_KINDS:
            _read_removed(meta, span)
    return meta, sorted(spans, key=lambda s: s.start)


def _mark(raw: str, kind: str, line: Line, rule: str) -> list[Removed]:
    """Return the spans of a line as removed ones."""
    return [Removed(kind, raw[a:b], a, b, rule) for a, b in line.spans]


def _read_removed(meta: Metadata, span: Removed) -> None:
    """Read labels such as 原文链接 from a line that was already removed as noise."""
    wanted = ["url", "source", "published", "updated"]
    front = span.rule.endswith("front matter")
    wanted += ["author", "speaker", "organisation"] if front else []
    at = span.start
    for row in span.text.splitlines(keepends=True):
        line = Line(row.strip(), ((at, at + len(row.rstrip())),))
        at += len(row)
        text = _FRONT.sub(lambda match: f"{_KEYS[match[1]]}：", line.text) if front else line.text
        with witness(meta, [line], "notice"):
            apply_labels(meta, [pair for pair in read_labels(text) if pair[0] in wanted])
