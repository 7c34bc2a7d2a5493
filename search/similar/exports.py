"""The words used alike as a table for other programs."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from search.presentation.notes import describe_coverage, describe_today
from search.presentation.sheets import Cell, Sheet
from search.similar.lookup import SimilarWords, least_places


def export_similar(found: SimilarWords) -> Sheet:
    """Return the words as a sheet, read once."""

    def rows() -> Iterator[list[Cell]]:
        for number, one in enumerate(found.words, start=1):
            yield [number, one.word, one.likeness, one.speeches]

    columns = [_("序号"), _("词语"), _("用法相近程度"), _("篇数")]
    notes: list[tuple[str, Cell]] = [
        (_("词语"), found.word),
        (_("说明"), describe_outcome(found)),
        (_("规则"), describe_similarity()),
        (_("学自"), describe_learning(found)),
        (_("检索范围"), describe_coverage(found.searched)),
        (_("导出日期"), describe_today()),
    ]
    return Sheet(notes, columns, rows(), len(found.words))


def describe_outcome(found: SimilarWords) -> str:
    """Return in a sentence what was found, or why nothing was."""
    if found.outcome == "unlearnt":
        return _("还没有学到词语的用法：文稿不足 20 万字，或者后台还没有学完。")
    words = {"word": found.word, "least": least_places()}
    sentences = {
        "found": _("以下词语在本库中的用法与“%(word)s”相近，不一定同义。"),
        "nothing": _("没有用法与“%(word)s”足够相近的词语。"),
        "rare": _(
            "“%(word)s”出现不足 %(least)d 处，或者不是本库常用的一个词，说不出用法相近的词语。"
        ),
        "absent": _("本库没有“%(word)s”。"),
    }
    return sentences[found.outcome] % words


def describe_learning(found: SimilarWords) -> str:
    """Return in words what the thesaurus was learnt from, "" where there is none."""
    if not found.day:
        return ""
    return _("%(speeches)d 篇，%(characters)d 字，%(day)s") % {
        "speeches": found.learnt_texts,
        "characters": found.learnt_characters,
        "day": found.day,
    }


def describe_similarity() -> str:
    """Return in a sentence or two what it means that words are used alike."""
    return _(
        "只看本库文稿：前后三个词的范围里常与相同的词相伴的，算用法相近；常连用的词先合为一个词。"
        "用法相近不等于意思相同，反义词、同类的词也会相近，检索时须自行选择。"
    )
