"""A compilation: headings and passages in order, with references, whatever file it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from django.utils import timezone

from corpus_app.catalog.limits import STRICTEST_MARKS
from corpus_app.desk.citation import Item, format_reference, read_item, to_full_width
from corpus_app.desk.citation.rules import Edition
from corpus_app.desk.citing import describe_speech, is_term, list_terms, make_item
from corpus_app.desk.models import Entry
from corpus_app.desk.sources import SourcedEntry
from corpus_app.text.numerals import write_ordinal
from corpus_app.text.paragraphs import list_lines

Placement = Literal["footnotes", "list", "none"]
# What a heading may bring along instead of our number: 一、 （一） 1. 一是 第一，
_MARKER: Final = re.compile(
    r"[（(]?[一二三四五六七八九十]+[）)、.．是要]|第[一二三四五六七八九十]+|\d{1,2}[.．、]"
)
_LEVELS: Final = (
    (1, re.compile(r"[一二三四五六七八九十百]+、")),
    (2, re.compile(r"[（(][一二三四五六七八九十百]+[）)]")),
    (3, re.compile(r"\d{1,2}[.．](?!\d)")),
)
# A longer line with a marker is a paragraph that begins with its heading.
LONGEST_HEADING: Final = 60


def gather_entries(
    entries: Sequence[SourcedEntry], make_address: Callable[[str], str]
) -> list[Gathered]:
    """Return the entries; make_address turns a short code into its address."""
    return [_gather(one, make_address) for one in entries]


def _gather(one: SourcedEntry, make_address: Callable[[str], str]) -> Gathered:
    entry = one.entry
    if entry.kind == Entry.Kind.HEADING:
        return Gathered(entry.words, level=entry.level)
    if not one.is_readable:
        return Gathered("", is_left_out=True)
    speech = entry.speech
    # The address of what is withdrawn leads nowhere.
    permalink = make_address(entry.code) if entry.code and not one.withdrawal else ""
    if speech is None:
        item, work, notices, mark = read_item(entry.item), f"entry-{entry.pk}", entry.notices, ""
    else:
        accessed = timezone.localdate(entry.added_at).isoformat()
        # As the speech is described today: what an editor corrected since is cited corrected.
        record = describe_speech(speech, accessed=accessed, permalink=permalink)
        # So are its terms: those of the day on which it was gathered may be others.
        terms, mark = list_terms(speech), speech.limit.mark
        kept = [notice for notice in entry.notices if not is_term(notice)]
        notices = [*_tell_withdrawal(one), *terms, *kept]
        item, work = make_item(record, notices), f"speech-{speech.pk}"
    return Gathered(
        words=entry.words,
        item=item,
        work=work,
        note=entry.note,
        notices=notices,
        permalink=permalink,
        mark=mark,
    )


def _tell_withdrawal(one: SourcedEntry) -> list[str]:
    # Goes into documents, so it is Chinese whatever the interface speaks.
    gone = one.withdrawal
    if gone is None:
        return []
    return [f"来源讲话已于{gone.day}撤回。" if gone.day else "来源讲话已撤回。"]


@dataclass(frozen=True)
class Settings:
    """What an export is asked for."""

    placement: Placement = "footnotes"
    edition: Edition = "2025"
    full_width: bool = False
    notes: bool = True

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> Settings:
        """Read references, edition, full_width and notes; what is not known counts as unset."""
        asked = params.get("references", "")
        placement: Placement = (
            "list" if asked == "list" else "none" if asked == "none" else "footnotes"
        )
        return cls(
            placement=placement,
            edition="2015" if params.get("edition") == "2015" else "2025",
            full_width=params.get("full_width", "") in ("1", "on"),
            notes=params.get("notes", "1") not in ("0", "off"),
        )


@dataclass(frozen=True)
class Gathered:
    """A passage or heading as the basket has it; item is None for a heading."""

    words: str
    level: int = 1
    item: Item | None = None
    work: str = ""  # what tells one speech from another, whichever passage is cited
    note: str = ""
    notices: Sequence[str] = ()
    permalink: str = ""
    # "仅供内部，请勿外传" and the like, "" where all may have it.
    mark: str = ""
    # Of a speech that is not for whoever asked; it has no words here.
    is_left_out: bool = False


@dataclass(frozen=True)
class CompilationHeading:
    """A heading with its number; level 1 is 一、, level 2 （一）, level 3 1."""

    text: str
    level: int


@dataclass(frozen=True)
class CompilationLine:
    """A paragraph of a passage; level is 0 for plain words, 1 to 3 for a heading in it."""

    text: str
    level: int = 0


@dataclass(frozen=True)
class Quote:
    """A passage: its paragraphs, its source's number in the list, and what goes to the foot."""

    lines: list[CompilationLine]
    position: int  # among the passages, from 1: the number of its own note
    number: int
    reference: str
    notices: list[str]
    permalink: str
    note: str

    @property
    def footnote(self) -> str:
        """Return reference, notices and link as one note."""
        # A web page that lost its address is cited by the link already.
        link = "" if self.permalink in self.reference else self.permalink
        pieces = [self.reference, "".join(self.notices), link]
        return " ".join(piece for piece in pieces if piece)


@dataclass(frozen=True)
class Compilation:
    """The whole document."""

    title: str
    blocks: list[CompilationHeading | Quote]
    placement: Placement
    items: list[Item] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    # What stands on every page, where a passage of it is not for all.
    restriction: str = ""
    # That some passages are left out, "" where none are.
    omission: str = ""

    @property
    def quotes(self) -> list[Quote]:
        """Return the passages."""
        return [block for block in self.blocks if isinstance(block, Quote)]

    @property
    def notes_title(self) -> str:
        """Return what stands above the notes at the end."""
        return "参考文献" if self.placement == "list" else "注释"

    @property
    def notes(self) -> list[str]:
        """Return what is noted at the end where a file has no foot of a page: [1] …"""
        if self.placement == "none":
            return []
        if self.placement == "list":
            return self.references
        return [f"[{quote.position}] {quote.footnote}" for quote in self.quotes]

    def mark(self, quote: Quote) -> str:
        """Return the number by which a passage names its note, such as [3]; "" without notes."""
        if self.placement == "none":
            return ""
        return f"[{quote.number if self.placement == 'list' else quote.position}]"


def compile_basket(title: str, gathered: Sequence[Gathered], settings: Settings) -> Compilation:
    """Return the document; each work has one number, in the order of its first passage."""
    works: dict[str, Item] = {}
    for one in gathered:
        if one.item is not None:
            works.setdefault(one.work, one.item)
    numbers = {work: number for number, work in enumerate(works, 1)}
    counter = _Counter()
    blocks: list[CompilationHeading | Quote] = []
    position = 0
    for one in gathered:
        if one.is_left_out:
            continue
        if one.item is None:
            blocks.append(counter.number_heading(one))
        else:
            position += 1
            blocks.append(_quote(one, one.item, position, numbers, settings))
    items = list(works.values())
    references = [
        format_reference(item, edition=settings.edition, number=number)
        for number, item in enumerate(items, 1)
    ]
    marks = {one.mark for one in gathered}
    return Compilation(
        title,
        blocks,
        settings.placement,
        items,
        references,
        restriction=next((mark for mark in STRICTEST_MARKS if mark in marks), ""),
        omission=_tell_omission(sum(one.is_left_out for one in gathered)),
    )


def _tell_omission(count: int) -> str:
    return f"（另有 {count} 条的来源讲话已撤回或不再开放，未列入。）" if count else ""


def find_level(line: str) -> int:
    """Return which heading a line is by its marker: 1 一、, 2 （一）, 3 1., or 0 for none."""
    if len(line) > LONGEST_HEADING or line.endswith(("。", "；", "：", "，")):
        return 0
    return next((level for level, marker in _LEVELS if marker.match(line)), 0)


class _Counter:
    """Numbers headings; those of a lower level begin anew under each above them."""

    def __init__(self) -> None:
        self.counts = {1: 0, 2: 0, 3: 0}

    def number_heading(self, one: Gathered) -> CompilationHeading:
        level = one.level
        self.counts[level] += 1
        self.counts |= {below: 0 for below in self.counts if below > level}
        if _MARKER.match(one.words) or self.counts[level] > 99:
            return CompilationHeading(one.words, level)
        if level == 3:
            return CompilationHeading(f"{self.counts[level]}.{one.words}", level)
        number = write_ordinal(self.counts[level])
        return CompilationHeading(
            f"{number}、{one.words}" if level == 1 else f"（{number}）{one.words}", level
        )


def _quote(
    one: Gathered, item: Item, position: int, numbers: Mapping[str, int], settings: Settings
) -> Quote:
    words = to_full_width(one.words) if settings.full_width else one.words
    return Quote(
        lines=[CompilationLine(line, find_level(line)) for line in list_lines(words)],
        position=position,
        number=numbers[one.work],
        reference=format_reference(item, edition=settings.edition),
        notices=list(one.notices),
        permalink=one.permalink,
        note=one.note if settings.notes else "",
    )
