"""Compilations as Markdown and as plain text."""

from __future__ import annotations

from corpus_app.desk.citation.exports import escape_markdown
from corpus_app.desk.export.compilation import Compilation, Heading, Line, Quote


def write_markdown(compilation: Compilation) -> str:
    """Return the document in Markdown; references are its footnotes or a list at the end."""
    parts = [f"# {escape_markdown(compilation.title)}"]
    notes: list[str] = []
    for block in compilation.blocks:
        if isinstance(block, Heading):
            parts.append(f"{'#' * (block.level + 1)} {escape_markdown(block.text)}")
        else:
            parts += _quote_lines(block, _mark_markdown(compilation, block, notes))
    if compilation.placement == "list" and compilation.references:
        parts.append("## 参考文献")
        # A list would number anew; the brackets are the numbers.
        parts += [escape_markdown(reference) for reference in compilation.references]
    return "\n\n".join([*parts, *notes]) + "\n"


def write_plain(compilation: Compilation) -> str:
    """Return the document as plain text with numbered references."""
    parts = [compilation.title, ""]
    notes: list[str] = []
    for block in compilation.blocks:
        if isinstance(block, Heading):
            parts += ["", block.text]
            continue
        parts += [f"\u3000\u3000{line.text}" for line in block.lines]
        parts[-1] += _mark_plain(compilation, block, notes)
        parts += _tell_rest(compilation, block)
    if compilation.placement == "list" and compilation.references:
        notes = list(compilation.references)
    if notes:
        title = "参考文献" if compilation.placement == "list" else "注释"
        parts += ["", title, *notes]
    return "\n".join(parts).strip() + "\n"


def _quote_lines(block: Quote, mark: str) -> list[str]:
    lines = [escape_markdown(line.text) for line in block.lines]
    shown = [
        f"**{line}**" if one.level else line for line, one in zip(lines, block.lines, strict=True)
    ]
    shown[-1] += mark
    extra = [f"> 批注：{escape_markdown(line)}" for line in block.note.splitlines() if line]
    return [*shown, *extra]


def _write_line(line: Line) -> str:
    words = escape_markdown(line.text)
    return f"**{words}**" if line.level else words


def _mark_markdown(compilation: Compilation, block: Quote, notes: list[str]) -> str:
    if compilation.placement == "none":
        return ""
    if compilation.placement == "list":
        return escape_markdown(f"[{block.number}]")
    number = len(notes) + 1
    notes.append(f"[^{number}]: {escape_markdown(block.footnote)}")
    return f"[^{number}]"


def _mark_plain(compilation: Compilation, block: Quote, notes: list[str]) -> str:
    if compilation.placement == "none":
        return ""
    if compilation.placement == "list":
        return f"[{block.number}]"
    number = len(notes) + 1
    notes.append(f"[{number}] {block.footnote}")
    return f"[{number}]"


def _tell_rest(compilation: Compilation, block: Quote) -> list[str]:
    rest = [f"（批注：{block.note}）"] if block.note else []
    if compilation.placement != "footnotes":
        rest += [f"（{notice.removesuffix('。')}）" for notice in block.notices]
    return rest
