"""A small speech to put noise around, and what is left of it."""

from __future__ import annotations

from corpus_app.ingest.body import assemble
from corpus_app.ingest.noise import Cleaned, remove_noise

HEAD = "在全区人大工作会议上的讲话\n"
BODY = (
    "同志们：\n这次会议很重要，主要任务是总结一年来的工作，部署下一步的任务，请大家认真讨论。\n"
    "一、提高认识，增强自觉\n要深入学习会议精神，把思想统一到区委的要求上来，把力量凝聚到重点任务上来。\n"
    "二、突出重点，狠抓落实\n要一件事情接着一件事情办，以钉钉子精神抓好落实，让代表满意、让群众满意。\n"
)


def clean(text: str) -> tuple[str, Cleaned]:
    cleaned = remove_noise(text)
    return assemble(text, cleaned.removed).text, cleaned


def list_kinds(cleaned: Cleaned) -> set[str]:
    return {span.kind for span in cleaned.removed}
