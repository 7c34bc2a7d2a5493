"""Long speeches with a watermark in every paragraph, and outlines made by hand on them."""

from __future__ import annotations

import random
import re

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.outline.sections import OutlineSection, open_outline
from corpus_app.intake.revisions.outline.acts import retitle
from corpus_app.intake.revisions.outlining import revise_outline
from tests.catalog.speeches import store
from tests.intake.scraped import current

MARK = "砚石馆"
NUMBERS = "一二三四五六七八九十"
WORDS = re.findall(
    r"\w+",
    "代表 群众 人大 监督 立法 调研 基层 履职 会议 建议 落实 服务 联系 报告 审议 决定 选举 培训 "
    "学习 工作 发展 改革 民主 法治 乡镇 街道 平台 站点 接待 走访",
)


def write_long(seed: int = 1, parts: int = 8, paragraphs: int = 6, mark: str = MARK) -> str:
    """Return the text of a speech with so many parts, a watermark inside each paragraph."""
    draw = random.Random(seed)

    def write_sentences() -> str:
        return "".join(
            f"我们要{''.join(draw.choices(WORDS, k=9))}，{''.join(draw.choices(WORDS, k=8))}。"
            for _ in range(3)
        )

    lines = ["在青芜县人大工作会议上的讲话", "（2024年4月5日）", "同志们："]
    for part in range(parts):
        head = f"{NUMBERS[part]}、{''.join(draw.choices(WORDS, k=5))}。"
        for number in range(paragraphs):
            words = write_sentences() + mark + write_sentences()
            lines.append(words if number else head + words)
    return "\n".join(lines)


def read(revision: Revision) -> list[OutlineSection]:
    """Return the revision's outline as heads."""
    return open_outline(revision.sections.order_by("position"), len(revision.text))


def describe(revision: Revision) -> list[tuple[str, str, int, str]]:
    """Return of each section what must stay the same however its words move."""
    rows = revision.sections.order_by("position")
    words = ("".join(revision.text[row.start : row.end].split()) for row in rows)
    return [
        (row.marker, row.heading, row.depth, found.replace(MARK, ""))
        for row, found in zip(rows, words, strict=True)
    ]


def store_outlined(text: str | None = None, name: str = "长篇.txt") -> tuple[Speech, Revision]:
    """Import a long speech as a draft, shorten a heading by hand; return both, revision 2."""
    speech = store(text or write_long(), name, draft=True)
    first = current(speech)
    heads = read(first)
    index = next(number for number, head in enumerate(heads) if head.heading)
    shorter = heads[index].heading[:-2]
    revision = revise_outline(speech, 1, retitle(first.text, heads, index, shorter))
    return speech, revision
