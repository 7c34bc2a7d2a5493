"""Two stored speeches compared, and what a reader must know before he believes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.models import Speech
from corpus_app.catalog.section_names import name_outline
from corpus_app.catalog.versions import map_versions
from corpus_app.ingest.outline.sections import OutlineSection
from corpus_app.research.comparing.quantities import NumberPair, list_number_pairs
from corpus_app.research.comparing.rows import ComparedTexts, compare_sentences
from corpus_app.research.comparing.sections import SectionFinder, SectionPair, pair_sections
from corpus_app.research.comparing.tasks import ReportPart, Task, find_parts, list_tasks
from corpus_app.text.chars import count_chars

# From so many characters on, what stands in most sentences weighs nothing (text.likeness).
LONG: Final = 100_000


@dataclass(frozen=True)
class ComparedSpeech:
    """One of two speeches, with the text and the outline that are compared."""

    speech: Speech
    revision: int
    text: str
    sections: list[OutlineSection]

    @cached_property
    def finder(self) -> SectionFinder:
        """Return who tells in which part a stretch stands."""
        return SectionFinder(self.sections)

    @cached_property
    def parts(self) -> list[ReportPart]:
        """Return what of it looks back and what ahead."""
        year = self.speech.date_start.year if self.speech.date_start else None
        return find_parts(self.text, self.sections, year)

    @cached_property
    def characters(self) -> int:
        """Return the length of the text without white space."""
        return count_chars(self.text)

    def has_named(self, kind: str) -> bool:
        """Tell whether a heading names a part of that kind."""
        return any(part.named for part in self.parts if part.kind == kind)


@dataclass(frozen=True)
class SpeechComparison:
    """Two speeches and their rows; the first is the older one where they stand in order."""

    first: ComparedSpeech
    second: ComparedSpeech
    texts: ComparedTexts

    @cached_property
    def numbers(self) -> list[NumberPair]:
        """Return the numbers that both have, side by side."""
        return list(list_number_pairs(self.texts))

    @cached_property
    def sections(self) -> list[SectionPair]:
        """Return the parts of both, side by side."""
        return pair_sections(self.texts, self.first.finder, self.second.finder)

    @cached_property
    def tasks(self) -> list[Task]:
        """Return what the first said was to be done beside what the second says was done."""
        return list_tasks(
            (self.first.text, self.texts.first_sentences, self.first.parts),
            (self.second.text, self.texts.second_sentences, self.second.parts),
        )

    @property
    def met(self) -> int:
        """Return how many tasks have something like them."""
        return sum(bool(one.matches) for one in self.tasks)

    def list_notes(self) -> list[str]:
        """Return a sentence for each reason to read the comparison with care."""
        return [*self._list_limits(), *self._list_doubts()]

    def _list_limits(self) -> Iterator[str]:
        counts = self.texts.counts
        paired = counts["kept"] + counts["reworded"] + counts["moved"]
        empty = [one for one in (self.first, self.second) if not one.text.strip()]
        for one in empty:
            yield _("《%(title)s》没有正文，无可对照。") % {"title": one.speech.title}
        if not empty and counts["kept"] == len(self.texts.rows):
            yield _("两篇文字完全相同。")
        if not empty and not paired:
            yield _("没有一句对得上：两篇没有相同或者相近的句子。")
        if max(self.first.characters, self.second.characters) > LONG:
            yield _(
                "篇幅很长：大多数句子都有的字不计入相近程度，改动很大的句子可能列为删去和新增。"
            )

    def _list_doubts(self) -> Iterator[str]:
        one, other = self.first.speech, self.second.speech
        versions = map_versions()
        if versions.get(one.pk, one.pk) == versions.get(other.pk, other.pk):
            yield _("两篇是同一讲话的不同文本，不是两年的文稿。")
        if one.organisation_id is None or other.organisation_id is None:
            yield _("有一篇的单位不详，两篇未必可比。")
        elif one.organisation_id != other.organisation_id:
            names = {"first": one.organisation, "second": other.organisation}
            yield _("两篇不是同一单位的（%(first)s、%(second)s），异同只是文字上的。") % names
        if one.genre != other.genre:
            yield _("两篇体裁不同，异同只是文字上的。")
        if one.date_start and other.date_start and one.date_start > other.date_start:
            yield _("左篇比右篇晚：“删去”的是晚的那篇才有的，“新增”的是早的那篇才有的。")
        for each in (one, other):
            if each.completeness != Speech.Completeness.COMPLETE:
                words = _("《%(title)s》有缺失，缺失处的句子会列为删去或者新增。")
                yield words % {"title": each.title}


def compare_two(first: Speech, second: Speech) -> SpeechComparison:
    """Return two speeches compared in their current texts."""
    one, other = _read(first), _read(second)
    return SpeechComparison(one, other, compare_sentences(one.text, other.text))


def _read(speech: Speech) -> ComparedSpeech:
    revision = speech.current
    if revision is None:
        return ComparedSpeech(speech, 0, "", [])
    rows = revision.sections.order_by("position")
    return ComparedSpeech(speech, revision.number, revision.text, name_outline(rows, revision.text))
