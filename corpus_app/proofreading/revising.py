"""A Word file with tracked changes at what was accepted, everything else as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast

from django.utils import timezone
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

from corpus_app.proofreading.commenting import AUTHOR, add_comment, tell_lost
from corpus_app.proofreading.findings import DraftFinding
from corpus_app.proofreading.word_file import WORDS, FileLine, MarkedFile, part_runs, split_run
from corpus_app.text.spans import Span

if TYPE_CHECKING:
    from docx.oxml.text.run import CT_R

# The neighbours by which a place without a character of its own is found, the surest first.
_NEIGHBOURS: Final = ((0, 0), (1, 1), (1, 0), (0, 1))
_INSERTED: Final = frozenset(map(qn, ["w:ins", "w:moveTo"]))
_UNFIT: Final = re.compile("[\x00-\x08\x0a-\x1f\ud800-\udfff\ufffe\uffff]")
_DELETED: Final = {qn("w:t"): qn("w:delText")}


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words of the draft, text[start:end], and what takes their place."""

    start: int
    end: int
    words: str


def revise_docx(
    data: bytes, text: str, accepted: Sequence[DraftFinding], others: Sequence[DraftFinding] = ()
) -> tuple[bytes, int]:
    """Return the file with the suggestion of each accepted finding as a tracked change.

    Of words and suggestion only what differs is changed, in the look of the words that stood
    there; others get a comment. Where a change has no exact place (words in boxes or notes, over
    several paragraphs, changed already), a comment tells it; the number of those is returned too.
    Accepting all gives the draft with its suggestions, refusing all the file as it was. Raises
    NotWordError.
    """
    file = MarkedFile(data, text)
    marks = _Marks(file)
    wanted = [(one, True) for one in accepted] + [(one, False) for one in others]
    lost: list[DraftFinding] = []
    unchanged, before = 0, len(text)
    # From the end on, and a comment before a change of the same words: it needs them whole.
    for one, accept in sorted(wanted, key=lambda pair: (-pair[0].start, pair[1])):
        fits = accept and one.suggestion is not None and one.end <= before
        if fits and marks.apply(narrow(text, one.start, one.end, one.suggestion or "")):
            before = one.start
            continue
        unchanged += accept
        rest = replace(one, end=min(one.end, before))
        if rest.start >= rest.end or not add_comment(file, rest):
            lost.insert(0, one)
    tell_lost(file, lost)
    return file.save(), unchanged


def narrow(text: str, start: int, end: int, words: str) -> WordChange:
    """Return the change without the characters that stay at its beginning and at its end."""
    while start < end and words and text[start] == words[0]:
        start, words = start + 1, words[1:]
    while start < end and words and text[end - 1] == words[-1]:
        end, words = end - 1, words[:-1]
    return WordChange(start, end, words)


class _Marks:
    """Puts tracked changes into a file, of one day and author, each with its own number."""

    def __init__(self, file: MarkedFile) -> None:
        self._file = file
        # Word writes the clock on the wall so, and shows it as it stands.
        self._date = timezone.localtime().strftime("%Y-%m-%dT%H:%M:%SZ")
        used = (one.get(qn("w:id"), "") for one in file.document.element.body.iter())
        self._last = max((int(number) for number in used if number.isdecimal()), default=0)

    def apply(self, change: WordChange) -> bool:
        """Mark a change; False, and nothing done, where its place is not certain."""
        if change.start == change.end and not change.words:
            return True
        found = _locate(self._file, change)
        line = self._file.find_line(found.start) if found else None
        if found is None or line is None or found.end > line.end or not _fits(change.words):
            return False
        runs = list(_keep_words(line, part_runs(line, *found))) if found.start < found.end else []
        anchor = runs[-1] if runs else _find_run(line, found.start)
        if anchor is None:
            return False
        if change.words:
            self._insert(anchor, change.words, before=not runs and line.start == found.start)
        for run in runs:
            self._delete(run)
        return True

    def _insert(self, anchor: Run, words: str, *, before: bool) -> None:
        """Put words beside a run, in its look; in no insertion of somebody else's."""
        run = cast("CT_R", OxmlElement("w:r"))
        if anchor._r.rPr is not None:
            run.append(deepcopy(anchor._r.rPr))
        run.text = words
        mark = self._make("w:ins")
        mark.append(run)
        place: Any = anchor._r
        holder = place.getparent()
        if holder.tag in _INSERTED:
            place = holder if before else self._cut_holder(holder, place)
        if before:
            place.addprevious(mark)
        else:
            place.addnext(mark)

    def _delete(self, run: Run) -> None:
        mark = self._make("w:del")
        run._r.addprevious(mark)
        mark.append(run._r)
        for child in run._r:
            child.tag = _DELETED.get(child.tag, child.tag)

    def _cut_holder(self, holder: Any, last: Any) -> Any:
        """Part somebody's insertion behind one of its runs, and return its first half."""
        rest = list(last.itersiblings())
        if rest:
            twin = holder.makeelement(holder.tag, dict(holder.attrib), nsmap=holder.nsmap)
            twin.set(qn("w:id"), self._number())
            twin.extend(rest)
            holder.addnext(twin)
        return holder

    def _number(self) -> str:
        self._last += 1
        return str(self._last)

    def _make(self, name: str) -> Any:
        mark = OxmlElement(name)
        for key, value in (("id", self._number()), ("author", AUTHOR), ("date", self._date)):
            mark.set(qn(f"w:{key}"), value)
        return mark


def _locate(file: MarkedFile, change: WordChange) -> Span | None:
    """Return where a change stands in the file's words; None unless they are the draft's."""
    for before, behind in _NEIGHBOURS:
        start, end = max(0, change.start - before), change.end + behind
        found = file.find(start, end)
        if found.start < found.end and file.words[slice(*found)] == file.text[start:end]:
            return Span(found.start + change.start - start, found.end - (end - change.end))
    return None


def _fits(words: str) -> bool:
    """Say whether words stay in their paragraph and can stand in XML."""
    return _UNFIT.search(words) is None


def _is_word(part: Any) -> bool:
    """Say whether a part of a run is read as words; a break of a page is none."""
    return part.tag in WORDS and bool(str(part))


def _find_run(line: FileLine, at: int) -> Run | None:
    """Return the run whose words end at a place, parted there; at the beginning the first."""
    where = line.start
    for number, (run, size) in enumerate(line.runs):
        if size and where < at <= where + size:
            if at < where + size:
                rest = split_run(run, at - where)
                line.runs[number : number + 1] = [(run, at - where), (rest, where + size - at)]
            return run
        where += size
    return next((run for run, size in line.runs if size), None)


def _keep_words(line: FileLine, runs: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs that hold words alone; pictures and notes among them stay where they are."""
    for run in runs:
        parts = [run]
        for child in [one for one in run._r if one.tag != qn("w:rPr")][1:]:
            if _is_word(child) != _is_word(child.getprevious()):
                parts.append(_split_before(parts[-1], child))
        number = next(i for i, (one, _size) in enumerate(line.runs) if one is run)
        line.runs[number : number + 1] = [(one, len(one.text)) for one in parts]
        yield from (one for one in parts if any(map(_is_word, one._r)))


def _split_before(run: Run, child: Any) -> Run:
    """Cut a run in two before one of its parts, and return the second; both look alike."""
    behind = cast("CT_R", OxmlElement("w:r"))
    if run._r.rPr is not None:
        behind.append(deepcopy(run._r.rPr))
    run._r.addnext(behind)
    for one in [child, *child.itersiblings()]:
        behind.append(one)
    return Run(behind, run._parent)
