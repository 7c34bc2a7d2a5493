"""A passage: a section, or chosen words, of one revision, with all that its citation needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Gap, Revision, Section, Speech
from corpus_app.catalog.relocation import resolve_alias
from corpus_app.catalog.revisions import list_visible_revisions
from corpus_app.catalog.section_names import name_in_source
from corpus_app.desk.shortcodes import encode_place
from corpus_app.text.chars import Compact
from corpus_app.text.nesting import Nesting
from corpus_app.text.numbers import read_number
from corpus_app.text.spans import trim_span


class PassageError(ValueError):
    """A passage was asked for in a way that can't be read; the message says why, in Chinese."""


class MissingPassageError(LookupError):
    """There is no such speech, revision or section, or the user may not see it."""


@dataclass(frozen=True)
class AskedPassage:
    """What a request names: a speech, in it a section or characters, or both.

    With inked, start and end count characters without white space, as a browser can.
    """

    speech: int
    section: str = ""
    start: int | None = None
    end: int | None = None
    revision: int | None = None
    inked: bool = False


@dataclass(frozen=True)
class Passage:
    """revision.text[start:end]; key is the deepest section that holds it, "" for none."""

    speech: Speech
    revision: Revision
    key: str
    path: tuple[str, ...]
    start: int
    end: int
    gaps: tuple[Gap, ...] = ()

    @property
    def words(self) -> str:
        """Return the characters as they stand."""
        return self.revision.text[self.start : self.end]

    @property
    def marked_words(self) -> str:
        """Return the words with a mark where the source hides some.

        Left out, a gap would join words that do not belong together.
        """
        words = self.words
        for gap in sorted(self.gaps, key=lambda gap: -gap.offset):
            at = min(max(gap.offset - self.start, 0), len(words))
            words = _mark_gap(words, at, gap.hidden_chars)
        return words

    @property
    def code(self) -> str:
        """Return the short code of the place."""
        return encode_place(self.revision.pk, self.start, self.end)


def _mark_gap(words: str, at: int, hidden: int | None) -> str:
    # Goes into documents with the words, so it is Chinese like them.
    mark = f"〔此处原文缺失 {hidden} 字〕" if hidden is not None else "〔此处原文缺失〕"
    before, after = words[:at], words[at:]
    if before.endswith("\n"):
        return f"{before}{mark}\n{after}"
    return f"{before}\n{mark}{after}" if after.startswith("\n") else before + mark + after


def read_asked(params: Mapping[str, str]) -> AskedPassage:
    """Return what the parameters name; PassageError where they can't be read."""
    speech = _read_parameter(params, "speech")
    if speech is None:
        raise PassageError(_("没有指明讲话编号（speech）。"))
    start, end = _read_parameter(params, "start"), _read_parameter(params, "end")
    if (start is None) != (end is None):
        raise PassageError(_("起止位置（start、end）须同时给出。"))
    if start is not None and end is not None and start >= end:
        raise PassageError(_("起点须在终点之前。"))
    return AskedPassage(
        speech=speech,
        section=params.get("section", "").strip()[:40],
        start=start,
        end=end,
        revision=_read_parameter(params, "rev"),
        inked=params.get("count", "") == "ink",
    )


def find_passage(asked: AskedPassage, user: AbstractBaseUser | AnonymousUser) -> Passage:
    """Return the passage; MissingPassageError or PassageError where there is none to return."""
    speech = find_speech(asked.speech, user)
    revision = _find_revision(speech, asked.revision, user)
    revision.speech = speech  # known already; the slips ask for its date
    sections = list(revision.sections.order_by("position"))
    start, end = _find_span(asked, revision.text, sections)
    return build_passage(speech, revision, sections, start, end, asked.section)


def build_passage(
    speech: Speech,
    revision: Revision,
    sections: Sequence[Section],
    start: int,
    end: int,
    key: str = "",
) -> Passage:
    """Return the passage of the characters start to end; key is kept where it holds them."""
    start, end = trim_span(revision.text, start, end)
    if start >= end:
        raise PassageError(_("所选范围内没有文字。"))
    holder = find_holder(sections, start, end, key)
    gaps = [gap for gap in revision.gaps.all() if _touches(revision.text, start, end, gap.offset)]
    return Passage(
        speech=speech,
        revision=revision,
        key=holder.key if holder else "",
        path=_name_path(sections, holder, revision.text),
        start=start,
        end=end,
        gaps=tuple(gaps),
    )


def _touches(text: str, start: int, end: int, offset: int) -> bool:
    # A section that breaks off ends with its last word; the gap stands behind the line's end.
    between = text[end:offset] if offset > end else text[offset:start]
    return not between.strip()


def find_speech(speech_id: int, user: AbstractBaseUser | AnonymousUser) -> Speech:
    """Return the speech with its parties and current revision, also by a merged one's id."""
    speeches = Speech.objects.visible_to(user).with_parties().select_related("current")
    found = speeches.filter(pk=speech_id).first()
    if found is None:
        living = resolve_alias(speech_id)
        found = speeches.filter(pk=living).first() if living else None
    if found is None or found.current is None:
        raise MissingPassageError
    return found


def find_holder(sections: Sequence[Section], start: int, end: int, key: str = "") -> Section | None:
    """Return the deepest section that holds start to end, the one named where it does."""
    holding = (one for one in sections if one.start <= start and end <= one.end)
    named = next((one for one in holding if one.key == key), None)
    deepest = Nesting(sections).find_deepest(start, end)
    # A section whose only child fills it: the name decides between the two.
    if named and deepest and (named.start, named.end) == (deepest.start, deepest.end):
        return named
    return deepest if named is None or _is_part(named, start, end) else named


def _is_part(section: Section, start: int, end: int) -> bool:
    """Tell whether start to end is less than the section's own words."""
    return (start, end) != trim_span(section.revision.text, section.start, section.end)


def _find_revision(
    speech: Speech, number: int | None, user: AbstractBaseUser | AnonymousUser
) -> Revision:
    current = speech.current
    if current is None:
        raise MissingPassageError
    if number is None or number == current.number:
        return current
    revision = list_visible_revisions(speech, user).filter(number=number).first()
    if revision is None:
        raise MissingPassageError
    return revision


def _find_span(asked: AskedPassage, text: str, sections: Sequence[Section]) -> tuple[int, int]:
    if asked.start is not None and asked.end is not None:
        return _read_span(asked.start, asked.end, text, asked.inked)
    if not asked.section:
        return 0, len(text)
    for section in sections:
        if section.key == asked.section:
            return section.start, section.end
    raise MissingPassageError


def _read_span(start: int, end: int, text: str, inked: bool) -> tuple[int, int]:
    if inked:
        words = Compact(text)
        if end <= len(words.chars):
            return words.find_span(start, end)
    elif end <= len(text):
        return start, end
    raise PassageError(_("起止位置超出了正文。"))


def _name_path(sections: Sequence[Section], holder: Section | None, text: str) -> tuple[str, ...]:
    # Goes into citations, which do not change with the reader's language.
    above = {section.pk: section for section in sections}
    labels: list[str] = []
    while holder is not None:
        labels.insert(0, name_in_source(holder, text))
        holder = above.get(holder.parent_id or 0)
    return tuple(labels)


def _read_parameter(params: Mapping[str, str], name: str) -> int | None:
    value = params.get(name, "").strip()
    if not value:
        return None
    number = read_number(value)
    if number is None:
        raise PassageError(_("参数 %(name)s 应为数字。") % {"name": name})
    return number
