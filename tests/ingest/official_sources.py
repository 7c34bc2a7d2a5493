"""Sentences of official texts and their places, as the registries name them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.ingest.shared_texts import read_document, read_laws

NUMERALS = "一二三四五六七八九十"
ARTICLE = re.compile(r"(?m)^(第[一二三四五六七八九十百零]+条(?:之[一二三四五])?)[\s\u3000]+")
HEADING = re.compile(r"([一二三四五六七八九十]{1,3})、[^。；]{2,40}")
ITEM = re.compile(r"[（(][一二三四五六七八九十]+[)）]")
SENTENCE = re.compile(r"[^。！？\n]*[^。！？\s][。！？]?[”’）]?")
# Their texts at hand have a line for each sentence, so paragraphs can't be counted.
WITHOUT_PARAGRAPHS = ("2020年国务院政府工作报告", "2026年国务院政府工作报告")


def list_places(document: str, quote: str) -> set[str]:
    """Return the places of a document at which the quote stands as one whole sentence.

    A quote of several sentences (parted by ……) is placed where its first one stands.
    """
    first, *others = quote.split("……")
    laws = read_laws().get(document)
    texts = laws or [read_document(document)]
    return {
        place
        for text in texts
        for sentence, place in (_walk_law(text) if laws else _walk_report(document, text))
        if sentence == first and all(_is_sentence(text, other) for other in others)
    }


def _is_sentence(text: str, quote: str) -> bool:
    return any(match[0].strip() == quote for match in SENTENCE.finditer(text))


def _walk_law(text: str) -> Iterator[tuple[str, str]]:
    """Yield each sentence with its article, and its paragraph where the article has several."""
    parts = ARTICLE.split(text)
    yield from ((match[0].strip(), "序言") for match in SENTENCE.finditer(parts[0]))
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        lines = [line.strip() for line in body.splitlines() if line.strip()]
        ends = (at for at, line in enumerate(lines) if re.match("第.+[章节编]", line))
        lines = lines[: next(ends, len(lines))]
        count = sum(not ITEM.match(line) for line in lines)
        at = 0
        for line in lines:
            at += not ITEM.match(line)
            place = name + (f"第{NUMERALS[at - 1]}款" if count > 1 else "")
            yield from ((match[0].strip(), place) for match in SENTENCE.finditer(line))


def _walk_report(document: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield each sentence with the part and the paragraph of the report in which it stands."""
    part, at = "", 0
    for line in filter(None, map(str.strip, text.splitlines())):
        heading = HEADING.fullmatch(line)
        if heading:
            part, at = f"第{heading[1]}部分", 0
        else:
            at += 1
        place = part if document in WITHOUT_PARAGRAPHS else f"{part}第{at}段"
        yield from ((match[0].strip(), place) for match in SENTENCE.finditer(line))
