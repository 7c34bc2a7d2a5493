"""What a web page puts around a speech: names, breadcrumbs, counters, buttons, lists, licences."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from corpus_app.ingest.noise.page import NoisePage, PageLine
from corpus_app.ingest.noise.speech import (
    find_body,
    is_prose,
    is_salutation,
    is_speech,
    is_title_like,
)
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.needles import GuardedPatterns

COUNTER = re.compile(
    r"[(（\[【]?\s?(?:浏览|点击|阅读|访问|查看|人气|热度|评论|点赞|下载)(?:次数|量|数|率)?\s?[:：]\s?\d{0,9}\+?万?\s?(?:人次|次|人)?\s?[)）\]】]?"
    r"|[【\[(（]?\s?字[体号]\s?[:：]?\s?(?:[\[【(]?\s?(?:超大|大|中|小)\s?[\])】]?\s?){1,4}[】\])）]?"
    r"|[【\[]\s?(?:打印(?:本页|此页)?|关闭(?:窗口|本页)?|收藏|纠错|我要纠错)\s?[】\]]|分享(?:到|至)\s?[:：]"
    r"|(?<!\S)(?:打印(?:本页|此页|本文)?|关闭(?:窗口|本页)|收藏(?:本页|本文)?|我要(?:纠错|投稿|评论)|保存|\+关注)(?!\S)"
    r"|(?<!\S)(?:浏览|阅读|点击|热度|人气)\s?[\d.]+\s?[万wWkK]?\+?(?!\S)"
)
METADATA_LABEL = re.compile(
    r"(?:发布|更新|发表|来\s?源|作\s?者|时\s?间|日\s?期|原文|出\s?处|信息来源|讲话人|主讲|单\s?位)"
)
SITE_NAME = re.compile(
    r"[^。，；：:！？\s]{2,18}(?:网|网站|门户|频道|栏目|在线|平台|客户端|论坛|资讯|信息港|资讯港|公众号|官网|文库)"
)
RUNNING_CHARS, RUNNING_TIMES = 60, 3
PROOF_CHARS = 800


@dataclass(frozen=True, slots=True)
class LineRule:
    """One [[line]] of rules/noise_lines.toml, compiled."""

    kind: str
    name: str
    zone: str
    longest: int
    search: bool
    pattern: re.Pattern[str]
    # What shows a sentence of the speech, which stays; None where nothing does.
    spoken: re.Pattern[str] | None = None

    def matches(self, text: str) -> bool:
        """Say whether this rule takes a stripped line."""
        if len(text) > self.longest or (self.spoken and self.spoken.match(text)):
            return False
        if self.search:
            return self.pattern.search(text) is not None
        return self.pattern.fullmatch(text) is not None


@cache
def load_line_rules(table: str) -> tuple[LineRule, ...]:
    """Return the rules of [[line]] or [[block]] in the order of the file."""
    return tuple(
        LineRule(
            rule["kind"],
            rule["name"],
            rule["zone"],
            int(rule["max"]),
            bool(rule.get("search")),
            re.compile(rule["pattern"]),
            _compile_spoken(rule.get("spoken", [])),
        )
        for rule in read_rules("noise_lines")[table]
    )


def _compile_spoken(words: list[str]) -> re.Pattern[str] | None:
    """Return what finds one of the words in a first clause that a second one follows."""
    return re.compile(f"[^，]*(?:{'|'.join(map(re.escape, words))})[^。]*，") if words else None


def remove_listed_lines(page: NoisePage) -> None:
    """Take the lines that a rule of rules/noise_lines.toml describes, each under its kind."""
    rules = load_line_rules("line")
    longest = max(rule.longest for rule in rules)
    lines = page.list_free()
    first, last = _find_edges(lines)
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    known: dict[tuple[str, str], LineRule | None] = {}
    for index, line in enumerate(lines):
        if len(line.text) > longest:
            continue
        zone = "body" if first <= index < last else "head" if index < first else "tail"
        if (zone, line.text) not in known:
            known[zone, line.text] = _find_rule(zone, line.text)
        rule = known[zone, line.text]
        if rule:
            spans.setdefault((rule.kind, f"line:{rule.name}"), []).append((line.start, line.end))
    for (kind, name), taken in spans.items():
        page.take_all(taken, kind, name)


def _find_rule(zone: str, text: str) -> LineRule | None:
    """Return the first rule of a zone that takes a line."""
    rules = _list_rules(zone)
    return next((rules[at] for at in _guard(zone).select(text) if rules[at].matches(text)), None)


@cache
def _guard(zone: str) -> GuardedPatterns:
    return GuardedPatterns([rule.pattern for rule in _list_rules(zone)])


@cache
def _list_rules(zone: str) -> tuple[LineRule, ...]:
    """Return the line rules for the head, the tail or the body of a page, "edge" for those alone.

    Advertising between lines of the speech needs more than its words (noise/trailers.py).
    """
    if zone == "edge":
        return tuple(rule for rule in load_line_rules("line") if rule.zone == "edge")
    zones = {"any", "inner"} if zone == "body" else {"any", "edge", zone}
    rules = (rule for rule in load_line_rules("line") if rule.zone in zones)
    return tuple(rule for rule in rules if zone != "body" or rule.kind != "advert")


def _find_edges(lines: list[PageLine]) -> tuple[int, int]:
    """Disclaimers and the like read like running speech, so they must not count as its edge."""
    speech = [i for i, line in enumerate(lines) if is_speech(line)]
    while speech and _find_rule("edge", lines[speech[-1]].text):
        speech.pop()
    start = 0
    while start < len(speech) and _find_rule("edge", lines[speech[start]].text):
        start += 1
    return (speech[start], speech[-1] + 1) if start < len(speech) else (len(lines), len(lines))


def remove_running_heads(page: NoisePage) -> None:
    """Take the lines that a printed page repeats beside its number (kind "pager")."""
    counts = Counter(line.text for line in page.lines if len(line.text) <= RUNNING_CHARS)
    repeated = {text for text, count in counts.items() if count >= RUNNING_TIMES}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(page.lines):
        if line.text in repeated and not is_prose(line) and not is_salutation(line):
            places[line.text].append(index)
    for indices in places.values():
        beside = sum(_is_paged(page, i - 1) or _is_paged(page, i + 1) for i in indices)
        if beside * 2 >= len(indices) and beside > 1:
            spans = [(page.lines[i].start, page.lines[i].end) for i in indices]
            page.take_all(spans, "pager", "running-head")


def _is_paged(page: NoisePage, index: int) -> bool:
    if not 0 <= index < len(page.lines):
        return False
    line = page.lines[index]
    return any(span.kind == "pager" for span in page.find_taken(line.start, line.end))


def remove_counters(page: NoisePage) -> None:
    """Take click counters and buttons that share a line with dates and sources."""
    lines = page.list_free()
    first, last = find_body(lines)
    spans = []
    for line in [*lines[:first], *lines[last:]]:
        if len(line.text) <= 200:
            found = COUNTER.finditer(line.text)
            spans += [(line.start + m.start(), line.start + m.end()) for m in found]
    page.take_all(spans, "counter", "counter-in-line")


def remove_site_names(page: NoisePage) -> None:
    """Take the names of a site at the very top, and short lines above its breadcrumb."""
    lines = page.list_free()
    first, _ = find_body(lines)
    head = [line for line in lines[:first] if not METADATA_LABEL.match(line.text)]
    top = lines[first].start if first < len(lines) else len(page.raw)
    crumb = next((s.start for s in page.removed if s.kind == "breadcrumb" and s.start < top), -1)
    # Where nothing stands between breadcrumb and speech, the title may stand above it.
    titled = any(line.start > crumb for line in head)
    for line in head:
        above = line.end <= crumb and len(line.text) <= 30 and titled
        named = line is lines[0] and SITE_NAME.fullmatch(line.text) is not None
        if (above or named) and not is_title_like(line):
            page.take(line.start, line.end, "site", "above-breadcrumb" if above else "site-name")


def remove_licence(page: NoisePage) -> None:
    """Take everything from the first licence sentence near the end (kind "licence")."""
    rules = read_rules("noise_phrases")["licence"]
    floor = max(0, len(page.raw) - int(rules["reach"]))
    lines = [line for line in page.lines if line.start >= floor]
    for index, line in enumerate(lines):
        anchor = next((a for a in rules["anchors"] if line.text.startswith(a)), None)
        near = page.raw[line.start : line.start + PROOF_CHARS]
        if anchor and any(word in near for word in rules["proof"]):
            spans = [(rest.start, rest.end) for rest in lines[index:]]
            page.take_all(spans, "licence", f"anchor:{anchor}")
            return
