"""An outline as an editor works on it: where each piece begins, how deep, and its heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from corpus_app.ingest.draft import Section as ParsedSection, SectionKind
from corpus_app.ingest.outline.headings import has_words

KINDS: Final = ("opening", "section", "subsection", "point", "closing")
DEEPEST: Final = 8
# Many times what the longest speech has.
MOST_HEADS: Final = 5_000
# May stand between a marker and its heading.
SIGNS: Final = "、．.，,：:；;。"
LONGEST_MARKER: Final = 20


class OutlineFault(ValueError):  # noqa: N818  (what is wrong with an outline, in Chinese)
    """An outline that cannot be; the message is for the editor."""


@dataclass(frozen=True, slots=True)
class OutlineHead:
    """The beginning of a piece of the outline; depth 0 is a root.

    A piece reaches to the next head that is not below it, or to end where that is nearer.
    """

    start: int
    depth: int
    kind: SectionKind
    marker: str = ""
    ordinal: int | None = None
    heading: str = ""
    end: int | None = None


def read_heads(sections: Iterable[Any], length: int) -> list[OutlineHead]:
    """Return the heads of stored or parsed sections given in reading order; length: the text's.

    Both kinds have kind, marker, ordinal, heading, start and end; a depth, or an id and a parent.
    """
    rows = list(sections)
    heads = [
        OutlineHead(
            row.start,
            _find_depth(row),
            row.kind,
            row.marker or "",
            row.ordinal,
            row.heading or "",
            row.end,
        )
        for row in rows
    ]
    reaches = find_reaches(heads, length)
    return [
        replace(head, end=None if head.end == reach else head.end)
        for head, reach in zip(heads, reaches, strict=True)
    ]


def _find_depth(row: Any) -> int:
    return row.id.count(".") if isinstance(row, ParsedSection) else int(row.depth)


def find_reaches(heads: Sequence[OutlineHead], length: int) -> list[int]:
    """Return for each head where the next one that is not below it begins."""
    reaches = [length] * len(heads)
    open_heads: list[int] = []
    for index, head in enumerate(heads):
        while open_heads and heads[open_heads[-1]].depth >= head.depth:
            reaches[open_heads.pop()] = head.start
        open_heads.append(index)
    return reaches


def find_ends(heads: Sequence[OutlineHead], length: int) -> list[int]:
    """Return where each piece ends: never before its last child, roots without a break."""
    ends = find_reaches(heads, length)
    for index in reversed(range(len(heads))):
        head = heads[index]
        if head.depth and head.end is not None:
            inner = [ends[at] for at in range(index + 1, find_stop(heads, index))]
            ends[index] = min(ends[index], max([head.end, *inner]))
    return ends


def find_stop(heads: Sequence[OutlineHead], index: int) -> int:
    """Return the index behind the last head below the one at index."""
    stop = index + 1
    while stop < len(heads) and heads[stop].depth > heads[index].depth:
        stop += 1
    return stop


def build_sections(text: str, heads: Sequence[OutlineHead]) -> list[ParsedSection]:
    """Return the sections that checked heads make of the text, with ids as the parser's."""
    ends = find_ends(heads, len(text))
    return [
        ParsedSection(
            id=key,
            parent=key.rpartition(".")[0] or None,
            kind=head.kind,
            marker=head.marker or None,
            ordinal=head.ordinal,
            heading=head.heading or None,
            start=head.start,
            end=end,
        )
        for head, key, end in zip(heads, name_keys(heads), ends, strict=True)
    ]


def name_keys(heads: Sequence[OutlineHead]) -> Iterator[str]:
    """Yield each head's id: its place among its siblings below its parent's ("1.2")."""
    counts: list[int] = []
    for index, head in enumerate(heads):
        del counts[head.depth + 1 :]
        if len(counts) == head.depth:
            counts.append(0 if index == 0 and head.kind == "opening" else 1)
        else:
            counts[head.depth] += 1
        yield ".".join(map(str, counts))


def settle_heads(text: str, heads: Sequence[OutlineHead]) -> list[OutlineHead]:
    """Return heads that make a valid outline of the text: kinds follow from the place.

    Raises OutlineFault where order, depth, place, marker or heading cannot be.
    """
    if not heads or len(heads) > MOST_HEADS:
        raise OutlineFault(_("结构至少要有一节，至多 %(most)d 节。") % {"most": MOST_HEADS})
    if heads[0].depth or text[: heads[0].start].strip():
        raise OutlineFault(_("第一节必须从正文开头起，且不能是下级。"))
    settled = [replace(heads[0], start=0)]
    above: list[SectionKind] = []
    for index, head in enumerate(heads):
        current = settled[0] if index == 0 else head
        if index:
            _check_order(text, settled[-1], head)
        del above[head.depth :]
        kind = _settle_kind(current, index, above)
        above.append(kind)
        current = replace(current, kind=kind)
        settled[index:] = [current]
    _check_words(text, settled)
    return settled


def _check_order(text: str, before: OutlineHead, head: OutlineHead) -> None:
    if not 0 <= head.depth <= min(before.depth + 1, DEEPEST):
        raise OutlineFault(_("“%(name)s”没有可以归入的上级。") % {"name": name_head(text, head)})
    same = head.start == before.start and head.depth > before.depth
    if not (before.start < head.start < len(text) or same):
        raise OutlineFault(
            _("“%(name)s”与前一节从同一处开始，两节之间没有正文。")
            % {"name": name_head(text, head)}
        )


def _settle_kind(head: OutlineHead, index: int, above: Sequence[SectionKind]) -> SectionKind:
    """Openings come first, openings and closings are roots; below a point there are points."""
    if head.depth:
        return "point" if head.kind == "point" or above[-1] == "point" else "subsection"
    if head.kind == "opening" and index == 0:
        return "opening"
    return "closing" if head.kind == "closing" else "section"


def _check_words(text: str, heads: Sequence[OutlineHead]) -> None:
    """Refuse a marker or heading that does not stand at its piece's beginning."""
    ends = find_ends(heads, len(text))
    for head, end in zip(heads, ends, strict=True):
        behind = match_words(text, head.start, end, head.marker)
        if (
            len(head.marker) > LONGEST_MARKER
            or behind is None
            or not has_words(text, head.start, end)
        ):
            raise OutlineFault(_("“%(mark)s”不在该节开头。") % {"mark": head.marker})
        if head.heading and find_heading_place(text, head, end) is None:
            raise OutlineFault(
                _("标题“%(heading)s”不是该节开头的文字；标题只能取自原文。")
                % {"heading": head.heading}
            )


def find_heading_place(text: str, head: OutlineHead, end: int) -> tuple[int, int] | None:
    """Return where the heading stands in text, behind the marker and its signs, or None."""
    behind = match_words(text, head.start, end, head.marker)
    if behind is None:
        return None
    at = behind
    while at < end and (text[at].isspace() or text[at] in SIGNS):
        at += 1
    stop = match_words(text, at, end, head.heading)
    return None if stop is None else (at, stop)


def match_words(text: str, start: int, end: int, words: str) -> int | None:
    """Return where words, white space aside, end when they stand at start; None else."""
    at = start
    for sign in words:
        if sign.isspace():
            continue
        while at < end and text[at].isspace():
            at += 1
        if at >= end or text[at] != sign:
            return None
        at += 1
    return at


def name_head(text: str, head: OutlineHead) -> str:
    """Return marker and heading, or the first words where there is neither."""
    return f"{head.marker}{head.heading}" or text[head.start : head.start + 12].strip() + "…"


def dump_heads(heads: Iterable[OutlineHead]) -> list[dict[str, Any]]:
    """Return the heads as plain data, for a form or for JSON."""
    return [asdict(head) for head in heads]


def load_heads(data: object) -> list[OutlineHead]:
    """Return the heads in plain data that a form sent back; raise OutlineFault for other data."""
    try:
        if isinstance(data, list) and len(data) <= MOST_HEADS:
            return [_load_head(entry) for entry in data]
    except (KeyError, TypeError, ValueError):
        pass
    raise OutlineFault(_("提交的结构数据不完整，请重新打开校核页再试。"))


def _load_head(entry: dict[str, Any]) -> OutlineHead:
    if entry["kind"] not in KINDS:
        raise ValueError(entry["kind"])
    numbers = {
        name: None if entry.get(name) is None else int(entry[name]) for name in ("ordinal", "end")
    }
    if any(number is not None and number < 0 for number in numbers.values()):
        raise ValueError(numbers)
    return OutlineHead(
        int(entry["start"]),
        int(entry["depth"]),
        entry["kind"],
        str(entry.get("marker") or ""),
        numbers["ordinal"],
        str(entry.get("heading") or ""),
        numbers["end"],
    )
