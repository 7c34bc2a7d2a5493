"""Compilations as Markdown and as plain text."""

from __future__ import annotations

from corpus_app.desk.citation.exports import escape_markdown
from corpus_app.desk.export.compilation import (
    Compilation,
    CompilationHeading,
    CompilationLine,
    Quote,
)


def write_markdown(compilation: Compilation) -> str:
    """Return the document in Markdown; references are its footnotes or a list at the end."""
    parts = [f"**{compilation.restriction}**"] if compilation.restriction else []
    parts.append(f"# {escape_markdown(compilation.title)}")
    for block in compilation.blocks:
        if isinstance(block, CompilationHeading):
            parts.append(f"{'#' * (block.level + 1)} {escape_markdown(block.text)}")
        else:
            parts += _write_quote(block, _mark(compilation, block))
    parts += [escape_markdown(compilation.omission)] if compilation.omission else []
    parts += _write_notes(compilation)
    return "\n\n".join(parts) + "\n"


def write_plain(compilation: Compilation) -> str:
    """Return the document as plain text with numbered notes at its end."""
    parts = [f"【{compilation.restriction}】"] if compilation.restriction else []
    parts += [compilation.title, ""]
    for block in compilation.blocks:
        if isinstance(block, CompilationHeading):
            parts += ["", block.text]
            continue
        parts += [f"\u3000\u3000{line.text}" for line in block.lines]
        parts[-1] += compilation.mark(block)
        parts += _tell_rest(compilation, block)
    parts += [compilation.omission] if compilation.omission else []
    if compilation.notes:
        parts += ["", compilation.notes_title, *compilation.notes]
    return "\n".join(parts).strip() + "\n"


def _write_quote(block: Quote, mark: str) -> list[str]:
    lines = [_write_line(line) for line in block.lines]
    lines[-1] += mark
    note = [f"> 批注：{escape_markdown(line)}" for line in block.note.splitlines() if line]
    return [*lines, *note]


def _write_line(line: CompilationLine) -> str:
    words = escape_markdown(line.text)
    return f"**{words}**" if line.level else words


def _mark(compilation: Compilation, block: Quote) -> str:
    if compilation.placement == "footnotes":
        return f"[^{block.position}]"
    return escape_markdown(compilation.mark(block))


def _write_notes(compilation: Compilation) -> list[str]:
    if compilation.placement == "footnotes":
        return [f"[^{one.position}]: {escape_markdown(one.footnote)}" for one in compilation.quotes]
    # A Markdown list would number anew; the numbers are part of the references.
    notes = [escape_markdown(note) for note in compilation.notes]
    return [f"## {compilation.notes_title}", *notes] if notes else []


def _tell_rest(compilation: Compilation, block: Quote) -> list[str]:
    rest = [f"（批注：{block.note}）"] if block.note else []
    if compilation.placement != "footnotes":
        rest += [f"（{notice.removesuffix('。')}）" for notice in block.notices]
    return rest
