"""Values and chrome where a site's profile says they stand; what a person taught beats reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import corpus_app.ingest.plausibility.titles as plausible
from corpus_app.ingest.dates import find_date
from corpus_app.ingest.draft import DATES, Evidence, Metadata, Removed
from corpus_app.ingest.metadata.label_values import find_url
from corpus_app.ingest.metadata.names import is_name, split_office
from corpus_app.ingest.noise.page import PageLine, split_lines
from corpus_app.ingest.site import ProfileValue, SiteProfile, list_edges
from corpus_app.ingest.spans import merge_removed
from corpus_app.text.chars import squeeze

PROFILE_PREFIX: Final = "profile:"
_TITLES: Final = ("title", "subtitle")
_PLAIN: Final = ("speaker", "speaker_role", "organisation", "occasion", "source", "source_url")
# What a profile can give.
FIELDS: Final = (*_TITLES, *DATES, *_PLAIN)
_LONGEST: Final = 120
# Where a value ends that shares its line: a wide blank, a bar, the next label.
_END: Final = re.compile(r"[ \u3000]{2,}|[\t|｜]|\s+(?=[\u4e00-\u9fff]{2,6}\s?[:：])")


_Place = tuple[PageLine, int, tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class ProfiledValue:
    """A value that stands where the profile says: raw[start:end] bears it, label its label."""

    name: str
    value: str
    start: int
    end: int
    label: tuple[int, int] | None = None

    def list_spans(self, raw: str, rule: str) -> list[Removed]:
        """Return what of raw is no part of the speech by this."""
        kind = "title" if self.name in _TITLES else "metadata"
        spans = [self.label, (self.start, self.end)] if self.label else [(self.start, self.end)]
        return [Removed(kind, raw[slice(*span)], *span, rule) for span in spans]


def take_lines(raw: str, removed: Sequence[Removed], profile: SiteProfile | None) -> list[Removed]:
    """Return the removed spans with the whole lines that the profile calls a page's own."""
    if profile is None or not profile.lines:
        return list(removed)
    wanted, rule = set(profile.lines), f"{PROFILE_PREFIX}{profile.key}"
    taken = [
        Removed("site", line.text, line.start, line.end, rule)
        for line in split_lines(raw)
        if squeeze(line.text) in wanted
    ]
    return merge_removed(raw, removed, taken)


def merge_profiled(
    raw: str,
    meta: Metadata,
    noise: Sequence[Removed],
    spans: Sequence[Removed],
    profile: SiteProfile | None,
) -> list[Removed]:
    """Return noise and the head's spans as one, once what the profile names is set on meta.

    What it names is a value's, whatever the steps took it for. Where it names the title, a line
    above that was read as one is the page's own, and one below is unread.
    """
    found = list(find_values(raw, profile)) if profile else []
    if profile is None or not found:
        return merge_removed(raw, noise, spans)
    rule = f"{PROFILE_PREFIX}{profile.key}"
    titled = next((one for one in found if one.name == "title"), None)
    kept = [_judge_title(span, titled, rule) for span in spans]
    own = [span for one in found for span in one.list_spans(raw, rule)]
    for one in found:
        _set_value(meta, one)
        words = " ".join(raw[one.start : one.end].split())
        meta.evidence[one.name] = Evidence(one.start, one.end, words, "profile")
    return merge_removed(raw, own, noise, kept)


def find_values(raw: str, profile: SiteProfile) -> Iterator[ProfiledValue]:
    """Yield the values that stand at the edges of raw where the profile says, each field once."""
    lines = list_edges(raw)
    known: set[str] = set()
    for value in profile.values:
        if value.name in known:
            continue
        for line, start, label in _list_places(lines, value):
            found = _read_value(value.name, raw[start : line.end], start)
            if found is not None:
                known.add(value.name)
                yield replace(found, label=label)
                break


def _judge_title(span: Removed, titled: ProfiledValue | None, rule: str) -> Removed:
    if titled is None or span.kind != "title":
        return span
    above = span.end <= titled.start
    return replace(span, kind="site", rule=rule) if above else replace(span, kind="unread")


def _list_places(lines: Sequence[PageLine], value: ProfileValue) -> Iterator[_Place]:
    """Yield the lines where the value may stand, where in raw it begins there, and its label."""
    if value.relation == "label":
        label = re.compile(r"\s*".join(map(re.escape, squeeze(value.words))) + r"\s*")
        for index, line in enumerate(lines):
            match = label.search(line.text)
            if match is None:
                continue
            span = line.start + match.start(), line.start + match.end()
            if match.end() < len(line.text):
                yield line, span[1], span
            elif match.start() == 0 and index + 1 < len(lines):
                yield lines[index + 1], lines[index + 1].start, span
        return
    step = value.distance if value.relation == "below" else -value.distance
    for index, line in enumerate(lines):
        if squeeze(line.text) == squeeze(value.words) and 0 <= index + step < len(lines):
            yield lines[index + step], lines[index + step].start, None


def _read_value(name: str, words: str, start: int) -> ProfiledValue | None:
    """Return the value that the words bear for the field; None where they bear none."""
    end = _END.search(words)
    bare = (words if name in _TITLES else words[: end.start()] if end else words).rstrip()
    if not bare or len(bare) > _LONGEST or bare.endswith(("。", "；")):
        return None
    value = _make_value(name, bare)
    return ProfiledValue(name, value, start, start + len(bare)) if value else None


def _make_value(name: str, words: str) -> str:
    if name in DATES:
        date = find_date(words)
        return date.value if date else ""
    if name == "source_url":
        return find_url(words) or ""
    if name in ("speaker", "speaker_role"):
        office = split_office(words)
        if office is not None:
            return office[1] if name == "speaker" else office[0]
        return squeeze(words) if is_name(words) == (name == "speaker") else ""
    if name == "title" and plausible.find_title_fault(words) is not None:
        return ""
    return words.strip("（）() \u3000") if name not in _TITLES else words.strip()


def _set_value(meta: Metadata, one: ProfiledValue) -> None:
    if one.name in DATES:
        date = find_date(one.value)
        if date is not None:
            meta.dates[one.name] = date
        return
    attribute = {"source": "source_name"}.get(one.name, one.name)
    setattr(meta, attribute, one.value)
    if one.name == "title":
        meta.title_inferred = False
