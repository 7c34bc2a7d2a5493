"""Which of the lines at the top are the title: what goes on from it, and what nobody understood."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

import corpus_app.ingest.plausibility.titles as plausible
from corpus_app.ingest.metadata.lines import Line
from corpus_app.ingest.metadata.title_lines import (
    BRACKETED,
    IN_MEETING,
    SUBTITLE,
    continues_subtitle,
    cut_site,
    is_subtitle,
)
from corpus_app.ingest.noise.breaks import LIKELY, measure_break

_HAN: Final = re.compile("[\u3400-\u9fff]")
_BODY: Final = re.compile(r"(?:会议|大会|全会|委员会|常委会|政府|法院|检察院|党组|党委|人大)$")
_REPORT: Final = re.compile(r"^(?:关于|政府工作报告|工作报告)")
_RUNS_ON: Final = re.compile(r"[的和与、，及在]$")
_GOES_ON: Final = re.compile(r"^[的、和与及]")
_OPENED: Final = re.compile(r"《[^》]*$|“[^”]*$|（[^）]*$")
_NUMBERED: Final = re.compile(r"第[一二三四五六七八九十\d]{1,3}[讲講期版次]|[0-9]{4}")
# A fault that leaves nothing of a title: such a line is another thing for certain.
NO_TITLES: Final = ("chrome", "breadcrumb", "label", "person", "file", "address", "date", "credit")
# A headline, of which a line such as 在…会议上的讲话 is the subtitle; columns have shorter names.
HEADLINE: Final = 7
HALF, HALVES_APART = 6, 3
LONG_HALF, LONG_HALVES_APART = 10, 6


def choose_titles(
    lines: Sequence[Line], passed: Collection[str] = ()
) -> tuple[list[Line], list[Line]]:
    """Return the lines that are title and subtitle, and those that are neither.

    A line counts beside the title only where it plainly goes on from it; one that stands among
    the lines passed over above, too, is likelier the title than another.
    """
    texts = [cut_site(line.text) for line in lines]
    main = _find_main(texts, passed) if lines else None
    if main is None:
        return [], list(lines)
    first = main
    while first and _continues(texts[first - 1], texts[first]):
        first -= 1
    kept = list(range(first, main + 1))
    for index in range(main + 1, len(lines)):
        if _belongs(texts, kept, index):
            kept.append(index)
    kept += [n for n, text in enumerate(texts[:first]) if text == texts[main]]
    chosen = [line for n, line in enumerate(lines) if n in kept]
    return chosen, [line for n, line in enumerate(lines) if n not in kept]


def _find_main(texts: Sequence[str], passed: Collection[str]) -> int | None:
    """Return the index of the line with most to say for it as a title, None where none may be."""
    free = [n for n, t in enumerate(texts) if not (SUBTITLE.match(t) or BRACKETED.match(t))]
    sound = [n for n in free if plausible.find_title_fault(texts[n]) is None]
    documents = [n for n in sound if plausible.ends_as_document(texts[n])]
    again = [n for n in sound if texts[n] in passed]
    main = (documents or again or sound or free or [0])[0]
    fault = plausible.find_title_fault(texts[main])
    if fault is not None and fault.code in NO_TITLES:
        return None
    above = main - 1
    boxed = above >= 0 and texts[above][0] in "【[〔（("
    if (
        above in sound
        and not boxed
        and IN_MEETING.match(texts[main])
        and _count_han(texts[above]) >= HEADLINE
    ):
        return above
    return main


def _belongs(texts: Sequence[str], kept: Sequence[int], index: int) -> bool:
    text, last = texts[index], kept[-1]
    title = "".join(texts[n] for n in kept)
    if text in title or texts[kept[0]] in text or is_subtitle(text):
        return True
    if last != index - 1:
        return False
    if is_subtitle(texts[last]):
        return continues_subtitle(texts[last], text)
    return _continues(texts[last], text)


def _continues(before: str, text: str) -> bool:
    """Say whether a line of a title goes on in the next one."""
    whole = before + text
    if measure_break(whole, len(before), len(before)).gain >= LIKELY:
        return True
    if _RUNS_ON.search(before) or _GOES_ON.match(text) or _OPENED.search(before):
        return True
    if len(text) <= 4 and plausible.ends_as_document(whole):
        return not plausible.ends_as_document(text)
    if plausible.ends_as_document(before):
        return False
    if _BODY.search(before) and _REPORT.match(text):
        return True
    if IN_MEETING.match(whole) and not IN_MEETING.match(text):
        return True
    if before.startswith("关于") and plausible.ends_as_document(text):
        return True
    return _are_halves(before, text)


def _are_halves(before: str, text: str) -> bool:
    """Say whether two lines are a headline in two halves (决胜…, 夺取…)."""
    sizes = _count_han(before), _count_han(text)
    sound = all(plausible.find_title_fault(half) is None for half in (before, text))
    numbered = _NUMBERED.search(before + text) is not None
    alike = (
        not numbered
        and min(sizes) >= HALF
        and abs(sizes[0] - sizes[1])
        <= (LONG_HALVES_APART if min(sizes) >= LONG_HALF else HALVES_APART)
    )
    return alike and sound and not plausible.ends_as_document(text)


def _count_han(text: str) -> int:
    return len(_HAN.findall(text))
