"""Finding numbering marks: 一、 （一） 1. （1） ① 第一， 一是 首先."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Final

from corpus_app.ingest.outline.layout import Layout, Paragraph
from corpus_app.ingest.outline.nodes import Family, OutlineMarker
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.numerals import LEGAL, read_ordinal

# No speech has more; what follows in a text made of nothing but marks stays unmarked.
MOST_MARKS: Final = 20_000
_HAN: Final = "[一二三四五六七八九十⼀⼆⼋⼗]{1,3}"
_FORMAL: Final = f"[{LEGAL}]{{1,3}}"
# 陆、海、空: a list of single words, no numbering; 陆　明 is a name.
_LISTED: Final = "[\u4e00-\u9fff]、"
_FIGURES: Final = "[0-9０-９]{1,2}"
# 一、两年之内: a rough number, no numbering.
_NEXT: Final = "|".join(
    f"(?<={one}、)[{two}]"
    for one, two in zip(
        "一二三四五六七八", ("二两", "三", "四五", "五", "六", "七", "八", "九"), strict=True
    )
)
_FEW: Final = f"(?:{_NEXT})(?:年|个|月|天|次|人|种|条|百|千|万|届|十)"
_BLANK: Final = "[ \u3000\t]*"
# The enumeration comma and its narrow forms.
_COMMA: Final = "[、﹑､]"
# 1 把站点…, but not 5 亿元, 3 月 or 2 个: a figure with its unit is a number.
_UNITS: Final = (
    "[年月日号个亿万千百十元名位次人条件项家所处座户亩公里吨"
    "倍成岁届轮批种类天周点分秒时%％℃至到—～]"
)
_ROMAN: Final = "I{1,3}|IV|VI{0,3}|IX|XI{0,2}"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
# Signs that people put before a heading, with the bracket in which they put it.
_DRESS: Final = re.compile(
    "(?:[■□◆◇★☆▲△▶►●○◎※❖✦•▪\U0001f538\U0001f539#＃*＊>=~～_`–—-][ \u3000\t]*){0,6}"
    "[【〔［\\[]?[ \u3000\t]*"
)
_CLOSERS: Final = {"【": "】", "〔": "〕", "［": "］", "[": "]"}

# Marks that may begin a paragraph and carry a heading, tried in this order.
STRUCTURAL: Final[tuple[tuple[Family, re.Pattern[str]], ...]] = (
    (
        "part",
        re.compile(
            rf"第{_BLANK}({_HAN}|{_FORMAL}|{_FIGURES}){_BLANK}(?:部分|编|篇|章)"
            r"[*＊_]{0,3}(?:[、：:，,]|[ \u3000]+|(?=\n|$))"
        ),
    ),
    ("chinese", re.compile(rf"第({_HAN}|{_FIGURES})节(?:[、：:，,]|[ \u3000]+|(?=\n|$))")),
    (
        "chinese",
        re.compile(
            rf"({_HAN}){_BLANK}(?:{_COMMA}(?!{_FEW})|[.．](?!\d)|[：:，,]|[ \u3000]+(?=\S)"
            r"|(?=\n|$))"
        ),
    ),
    ("part", re.compile(rf"({_FORMAL}){_BLANK}(?:{_COMMA}(?!{_LISTED})|[：:]|[.．](?!\d))")),
    ("chinese", re.compile(rf"([Ⅰ-Ⅻ])[ \u3000\t]*(?:{_COMMA}|[.．：:]|[ \u3000]+(?=\S))")),
    ("chinese", re.compile(rf"({_ROMAN}){_BLANK}(?:{_COMMA}|[.．](?=[ \u3000]?[^\x00-\x7f]))")),
    ("bracket", re.compile(rf"([{_STEMS}])、(?![{_STEMS}])")),
    (
        "bracket",
        re.compile(
            rf"(?:[（(【〔［〖｛\[]{_BLANK}({_HAN}|{_FORMAL}){_BLANK}[）)】〕］〗｝\]]|([㈠-㈩㊀-㊉])"
            rf"|({_HAN})[）)])[、.．]?"
        ),
    ),
    (
        "fine",
        re.compile(rf"{_FIGURES}[.．]{_FIGURES}[.．]({_FIGURES})[ \u3000\t]+(?=[^\x00-\x7f])"),
    ),
    (
        "decimal",
        re.compile(
            rf"{_FIGURES}[.．]({_FIGURES})(?:{_COMMA}|[ \u3000\t]+(?=[^\x00-\x7f])(?!{_UNITS}))"
        ),
    ),
    (
        "arabic",
        re.compile(
            rf"({_FIGURES})(?:[.．、﹑､：:](?![0-9０-９])|[）)]|\ufe0f?\u20e3"
            rf"|[ \u3000]+(?=[\u4e00-\u9fff])(?!{_UNITS}))|([⒈-⒛])"
        ),
    ),
    ("arabic", re.compile(rf"({_FIGURES})$")),
    ("paren", re.compile(rf"[（(]{_BLANK}({_FIGURES}){_BLANK}[）)][、.．]?|([⑴-⒇])")),
)
_FIRST: Final = frozenset(
    "第一二三四五六七八九十⼀⼆⼋⼗甲乙丙丁戊己庚辛壬癸（(【〔［[〖｛IVX"
    "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ0123456789０１２３４５６７８９"
    "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
    "■□◆◇★☆▲△▶►●○◎※❖✦•▪\U0001f538\U0001f539#＃*＊>=~～_`–—-" + LEGAL
)
_BOUND: Final = r"(?<![^\s。！？!?；;：:，,、”’」）)…—])"
_INLINE: Final = re.compile(
    _BOUND + rf"(?:(?P<nth>第({_HAN})(?:点|步|个?方面|个问题)?(?:[，、：:,]|[是要]))"
    rf"|其(?P<qi>{_HAN})(?:[，、：:,]|是)"
    rf"|(?P<circled>[①-⑳][、.．]?)"
    rf"|(?:(?<=[。！？；;：:\s])(?:(?P<paren>[（(]{_FIGURES}[）)])"
    rf"|(?P<bracket>[（(]{_HAN}[）)])|(?P<arabic>{_FIGURES}[.．、](?![0-9０-９])))))"
)


def find_structural(layout: Layout) -> Iterator[tuple[int, OutlineMarker]]:
    """Yield (paragraph index, marker) for each paragraph that begins with a heading mark."""
    found = 0
    for index, paragraph in enumerate(layout.paragraphs):
        if layout.is_quoted(paragraph.start):
            continue
        marker = read_structural(layout.text, paragraph)
        if marker is not None:
            yield index, marker
            found += 1
            if found == MOST_MARKS:
                return


def read_structural(text: str, paragraph: Paragraph) -> OutlineMarker | None:
    """Return the heading mark that a paragraph begins with, else None."""
    if text[paragraph.start] not in _FIRST:
        return None
    marker = _match_structural(text, paragraph, paragraph.start)
    dress = _DRESS.match(text, paragraph.start, paragraph.end) if marker is None else None
    if dress and dress.group():
        marker = _match_structural(text, paragraph, dress.end())
        closer = _CLOSERS.get(dress.group().rstrip()[-1:])
        # A bracket that is closed elsewhere holds more than a heading.
        if closer and not text[paragraph.start : paragraph.end].rstrip("*＊_ 。").endswith(closer):
            return None
    return marker


def _match_structural(text: str, paragraph: Paragraph, at: int) -> OutlineMarker | None:
    for family, pattern in STRUCTURAL:
        match = pattern.match(text, at, paragraph.end)
        if match is None:
            continue
        ordinal = _read_mark(next(word for word in match.groups() if word))
        if ordinal is None or not _stands_alone(family, match, paragraph):
            continue
        end = _skip_blanks(text, match.end(), paragraph.end)
        label = text[paragraph.start : match.end()].strip()
        return OutlineMarker(family, label, ordinal, paragraph.start, end, True)
    return None


def _read_mark(word: str) -> int | None:
    """Return the ordinal of a mark; stems count in marks alone."""
    if word in _STEMS:
        return _STEMS.index(word) + 1
    return read_ordinal(word)


def _stands_alone(family: Family, match: re.Match[str], paragraph: Paragraph) -> bool:
    """Refuse numerals parted by a blank only, or parts of a work, unless the line is short."""
    length = paragraph.end - paragraph.start
    if family == "part":
        return length <= 40
    mark = match.group().strip()
    if family in ("chinese", "arabic") and mark[-1:] not in "、﹑､.．）)\u20e3⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛":
        return length <= 40 and (family == "chinese" or _is_bare(match, paragraph))
    if family in ("decimal", "fine"):
        return length <= 40
    return True


def _is_bare(match: re.Match[str], paragraph: Paragraph) -> bool:
    """Say whether a figure has its line to itself, or a heading behind it and no sentence."""
    return paragraph.end == match.end() or match.string[paragraph.end - 1] not in "。；，！？、;,"


def drop_torn(markers: Iterable[OutlineMarker], gaps: Sequence[int]) -> list[OutlineMarker]:
    """Return the markers that no gap runs through: half a marker marks nothing."""
    if not gaps:
        return list(markers)
    return [
        m
        for m in markers
        if bisect_right(gaps, m.start) == bisect_left(gaps, m.start + len(m.label))
    ]


def find_points(layout: Layout) -> list[OutlineMarker]:
    """Return every mark of a point outside quotation marks, in reading order."""
    text = layout.text
    items = (m for m in _find_items(layout) if not layout.is_quoted(m.start))
    inline = (m for match in _INLINE.finditer(text) if (m := _read_inline(layout, match)))
    found = [*islice(items, MOST_MARKS), *islice(inline, MOST_MARKS)]
    found.extend(islice(_find_order(layout), MOST_MARKS))
    return sorted(found, key=lambda m: m.start)


@cache
def _item_pattern() -> re.Pattern[str]:
    rules = read_rules("outline")["points"]
    suffixes = "|".join(map(re.escape, rules["suffixes"]))
    decoys = "|".join(map(re.escape, rules["decoys"]))
    return re.compile(rf"(?!{decoys})({_HAN})({suffixes})")


def _find_items(layout: Layout) -> Iterator[OutlineMarker]:
    """Yield 一是, 二要 at the start of a clause, and 一是 glued to the words before it."""
    glued_after = read_rules("outline")["points"]["glued_after"]
    text = layout.text
    for match in _item_pattern().finditer(text):
        ordinal = read_ordinal(match[1])
        if ordinal is None:
            continue
        before = text[match.start() - 1] if match.start() else "\n"
        bound = before.isspace() or before in "。！？!?；;：:，,、”’」）)…—"
        if not bound and (ordinal != 1 or before in glued_after):
            continue
        opens = _opens_paragraph(layout, match.start())
        suffix = match[2] if bound else match[2] + "?"
        yield OutlineMarker(
            "item", match.group(), ordinal, match.start(), match.end(), opens, suffix
        )


def _read_inline(layout: Layout, match: re.Match[str]) -> OutlineMarker | None:
    """Turn a match of the inline pattern into a marker; None inside quotation marks."""
    family = match.lastgroup or ""
    if layout.is_quoted(match.start()):
        return None
    word = match[2] if match["nth"] else match[family]
    ordinal = read_ordinal(word.strip("（()）.．、"))
    if ordinal is None:
        return None
    name: Family = "item" if family == "qi" else family  # type: ignore[assignment]
    suffix = "其" if family == "qi" else ""
    label = match.group()
    opens = _opens_paragraph(layout, match.start())
    before = layout.text[match.start() - 1] if match.start() else "\n"
    if family == "nth" and label.endswith("、") and not opens and before not in "。；;：":
        return None  # a list such as 第一、第二、第三产业
    end = _skip_blanks(layout.text, match.end(), len(layout.text))
    return OutlineMarker(name, label, ordinal, match.start(), end, opens, suffix)


def _find_order(layout: Layout) -> Iterator[OutlineMarker]:
    """Yield 首先, 其次, 再次, 最后 at the start of paragraphs."""
    words: list[str] = read_rules("outline")["order"]["words"]
    firsts = {word[0] for word in words}
    for paragraph in layout.paragraphs:
        if layout.text[paragraph.start] not in firsts:
            continue
        for ordinal, word in enumerate(words, 1):
            if layout.text.startswith(word, paragraph.start):
                end = paragraph.start + len(word)
                if layout.text[end : end + 1] in ("，", ",", "、", "：", ":"):
                    end += 1
                yield OutlineMarker("order", word, ordinal, paragraph.start, end, True)


def _opens_paragraph(layout: Layout, offset: int) -> bool:
    """Say whether a paragraph begins at offset."""
    index = layout.find_paragraph(offset)
    return bool(layout.starts) and layout.starts[index] == offset


def _skip_blanks(text: str, offset: int, limit: int) -> int:
    """Return the first offset from here on that holds no blank, at most limit."""
    while offset < limit and text[offset] in " \u3000\t":
        offset += 1
    return offset
