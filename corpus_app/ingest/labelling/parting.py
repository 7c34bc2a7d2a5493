"""Where one line holds several things: title, date, office with its holder, salutation."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from corpus_app.ingest.dates import DATE, DATE_WORDS, find_date
from corpus_app.ingest.metadata.label_cells import is_bare_label
from corpus_app.ingest.metadata.labels import is_medium, read_labels
from corpus_app.ingest.metadata.names import is_name, is_office, may_be_name, split_office
from corpus_app.ingest.plausibility.titles import ends_as_document

Range = tuple[int, int]

_WORD: Final = re.compile(r"[^ \t\u00a0\u3000]+")
_BAR: Final = re.compile(r"[\t|｜]")
_LABEL_CELL: Final = re.compile(r"\s*[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff]){1,5}\s*[:：]?\s*")
_CELL: Final = re.compile(r"[^\t|｜]*[^\t|｜ \u3000][^\t|｜]*")
SALUTATION: Final = re.compile(
    r"(?:尊敬的|敬爱的|各位|同志们|女士们|朋友们|代表们|委员们|大家好|老师们|同学们|乡亲们"
    r"|主任|主席团|主席|书记|与会)[^。；]{0,40}[:：！!，,]|各位代表|同志们|各位领导|各位委员"
)
_GLUED: Final = re.compile(r"(?<=讲话|发言|致辞|报告)(?=同志们|各位|尊敬的)")
# 凝心聚力开新局——在…会议上的讲话: title and subtitle.
_DASHED: Final = re.compile(
    r"(?<=\S{4})[ \u3000]?(?=(?:—{1,2}|－{2}|─{1,2}|━{1,2}|-{2})在"
    r"[^，。；]{4,60}(?:上|时|中)的?[^，。；]{0,8}$)"
)
_DASHES: Final = "—━－―─–-"
# ——2024年1月9日在…会议上, （2024年1月9日）: what begins the line below a title.
_BELOW: Final = re.compile(
    rf"[{_DASHES}]{{0,4}}[（(]?{DATE_WORDS}在\S|[{_DASHES}]{{1,2}}在\S"
    rf"|[（(]{DATE_WORDS}[^。，]{{0,8}}[）)]$"
)
_DAY: Final = rf"(?:[（(【\[]\s?{DATE_WORDS}[^，。（()）]{{0,10}}[）)】\]]|{DATE_WORDS})"
_FIRST_DAY: Final = re.compile(rf"{_DAY}[ \t\u3000]*(?=\S)")
_LAST_DAY: Final = re.compile(rf"[ \t\u3000]*{_DAY}$")
# 政府工作报告（2018.7.18在某县人大七次会议上）县长　周明: title, day and meeting, person.
_TITLED_DAY: Final = re.compile(
    rf"(.{{4,40}}?)([（(]{DATE_WORDS}\s?在[^（()）]{{4,60}}[）)])(.{{0,40}})"
)
# 谈谈代表建议办理(2001年01月26日)周明
_DATED_AUTHOR: Final = re.compile(rf"([^（()）]{{6,40}})([（(]{DATE_WORDS}[）)])\s*(\S.{{1,30}})")
# What stands in a cell beside a title: 查看: 48312 | 回复: 32, 上一版 下一版.
_COUNTED: Final = re.compile(
    r"(?:查看|回复|浏览|点击|阅读|人气)\s*[:：]?\s*\d|[上下]一?[版篇页条期]"
)
_CLOCK: Final = re.compile(r"\d{1,2}[:：时]\d{2}.{0,4}")
_SITTING: Final = re.compile(r"第[一二三四五六七八九十\d]{1,3}次")
_SENTENCE: Final = re.compile(r"[。！？；]")
SHORT_LINE: Final = 80
LONG_LINE: Final = 200
# So many words of a line that holds a whole file may be its head; none is longer than a title.
MOST_CELLS: Final = 8
HEAD_WORDS: Final = 40
WORD_CHARS: Final = 60


def part_line(words: str) -> list[Range]:
    """Return the ranges of the things in a line, one range where it is but one thing."""
    cells = _part_cells(words) or _part_titled_day(words)
    if cells:
        return cells
    dashed = _DASHED.search(words) if "在" in words and len(words) <= SHORT_LINE else None
    if dashed:
        return [(0, dashed.start()), (dashed.start(), len(words))]
    glued = _GLUED.search(words)
    if glued and len(words) > glued.start() + 4:
        cut = glued.start()
        return [*part_line(words[:cut]), (cut, len(words))]
    tokens = [match.span() for match in _WORD.finditer(words[: HEAD_WORDS * WORD_CHARS])]
    parts = _part_file(words, tokens) if len(words) > LONG_LINE else _part_blanks(words, tokens)
    return [piece for part in parts for piece in _part_pair(words, part)]


def _part_cells(words: str) -> list[Range]:
    """Part the cells of a row: labels with values, counters beside a title, a listing."""
    if not _BAR.search(words):
        return []
    cells = [match.span() for match in _CELL.finditer(words)]
    form = len(cells) > 1 and len(words) <= LONG_LINE
    form = form and _is_form_row(words, cells) and not _states_all(words)
    counted = "\t" in words and 1 < len(cells) <= MOST_CELLS
    counted = counted and _COUNTED.search(words[slice(*cells[0])]) is not None
    if form or counted:
        return [(a + c, a + d) for a, b in cells for c, d in part_line(words[a:b])]
    return cells if _is_listing(words) else []


def _part_titled_day(words: str) -> list[Range]:
    """Part a title from the day in brackets behind it, and from who stands behind that."""
    titled = _TITLED_DAY.fullmatch(words) if len(words) <= LONG_LINE else None
    if titled and ends_as_document(titled[1]) and not _SENTENCE.search(words):
        return [titled.span(n) for n in (1, 2, 3) if titled[n].strip()]
    dated = _DATED_AUTHOR.fullmatch(words) if titled is None and len(words) <= SHORT_LINE else None
    if dated and _names_person(dated[3]):
        return [dated.span(n) for n in (1, 2, 3)]
    return []


def _is_listing(words: str) -> bool:
    """Say whether a line lists title, person, source and day: 在…上的讲话 | 周明 | 枫林日报."""
    cells = [match[0].strip() for match in _CELL.finditer(words)]
    if not 3 <= len(cells) <= MOST_CELLS or len(words) > LONG_LINE:
        return False
    titled = any(len(cell) >= 6 and ends_as_document(cell) for cell in cells)
    told = [c for c in cells if may_be_name(c) or is_medium(c) or DATE.fullmatch(c)]
    return titled and len(told) >= 2


def _states_all(words: str) -> bool:
    """Say whether the bars of a line stand for colons: 时间 | 2024-01-15　来源 | 某某日报."""
    pairs = read_labels(words) if "\t" not in words else []
    return bool(pairs) and all(value for _, value in pairs)


def _is_form_row(words: str, cells: list[Range]) -> bool:
    """Say whether the cells of a table's row are labels with their values."""
    if any(is_bare_label(words[a:b]) for a, b in cells):
        return True
    labels = [words[a:b] for a, b in cells[::2]]
    return "\t" in words and len(cells) % 2 == 0 and all(map(_LABEL_CELL.fullmatch, labels))


def _part_file(words: str, tokens: list[Range]) -> list[Range]:
    """Part a long line that begins with a head; what follows the head is one piece."""
    long = (n for n, (a, b) in enumerate(tokens) if _is_sentence(words[a:b]))
    head = tokens[: next(long, 0)]
    greeted = _find_greeting(words, head) or (_find_greeting(words, tokens[: len(head) + 1]))
    head = head[:greeted]
    if not head:
        return [(0, len(words))]
    rest = head[-1][1] + len(words[head[-1][1] :]) - len(words[head[-1][1] :].lstrip())
    pieces = _join_words(words, head)
    if greeted is None or greeted + 1 >= len(tokens):
        return [*pieces, (rest, len(words))]
    return [*pieces, tokens[greeted], (tokens[greeted + 1][0], len(words))]


def _is_sentence(token: str) -> bool:
    return len(token) > WORD_CHARS or _SENTENCE.search(token) is not None or "，" in token


def _find_greeting(words: str, tokens: list[Range]) -> int | None:
    found = (n for n, (a, b) in enumerate(tokens) if n and SALUTATION.match(words[a:b]))
    return next(found, None)


def _part_blanks(words: str, tokens: list[Range]) -> list[Range]:
    """Part a short line at its blanks where a word begins the next line of a head."""
    below = any(n and _BELOW.match(words[a:b]) for n, (a, b) in enumerate(tokens))
    greeted = _find_greeting(words, tokens)
    if not below and greeted is None:
        return [(0, len(words))]
    if greeted is None:
        return _join_words(words, tokens)
    pieces = _join_words(words, tokens[:greeted])
    if greeted + 1 < len(tokens) and words[tokens[greeted][1] - 1] in "：:！!":
        return [*pieces, tokens[greeted], (tokens[greeted + 1][0], len(words))]
    return [*pieces, (tokens[greeted][0], len(words))]


def _join_words(words: str, tokens: list[Range]) -> list[Range]:
    """Return the words of a head as its lines: what belongs together goes together."""
    pieces: list[Range] = []
    for token in tokens:
        if pieces and _goes_on(words, pieces[-1], token):
            pieces[-1] = (pieces[-1][0], token[1])
        else:
            pieces.append(token)
    return pieces


def _goes_on(words: str, piece: Range, token: Range) -> bool:
    before, after = words[slice(*piece)], words[slice(*token)]
    if not before.strip(_DASHES):
        return True
    if len(after) == 1 and len(before.split()[-1]) == 1:
        return True
    if _CLOCK.fullmatch(after) and DATE.search(before):
        return True
    if is_name(after) or len(after) == 1:
        return is_office(before) or split_office(f"{before} {after}") is not None
    if DATE.search(before) and "在" in before:
        return _SITTING.match(after) is not None or before.endswith(("日在", "大会"))
    return False


def _part_pair(words: str, piece: Range) -> list[Range]:
    """Part a date from the person or the title beside it, and a person from the title."""
    first, last = piece
    line = words[first:last]
    if last - first > SHORT_LINE or _SENTENCE.search(line) or read_labels(line):
        return [piece]
    day = _FIRST_DAY.match(line)
    if day and _is_dated(day.group()) and _names_person(line[day.end() :]):
        return [(first, first + day.end()), (first + day.end(), last)]
    day = _LAST_DAY.search(line)
    if day and day.start() and _is_dated(day.group()) and _stands_alone(line[: day.start()]):
        return [(first, first + day.start()), (first + day.start(), last)]
    return _part_titled(words, piece)


def _is_dated(words: str) -> bool:
    """Say whether words are a day or a month; a year begins many titles."""
    date = find_date(words)
    return date is not None and date.precision != "year"


def _part_titled(words: str, piece: Range) -> list[Range]:
    """Part a person from the title before it: 在…会议上的讲话 县委书记 周明."""
    first, last = piece
    tokens = [(first + a, first + b) for a, b in _split_words(words[first:last])]
    for before, after in pairwise(tokens):
        title, person = words[first : before[1]], words[after[0] : last]
        if len(title) >= 6 and ends_as_document(title) and _names_person(person):
            return [(first, before[1]), (after[0], last)]
    return [piece]


def _split_words(words: str) -> list[Range]:
    return [match.span() for match in _WORD.finditer(words)]


def _names_person(words: str) -> bool:
    line = words.strip(" \t\u3000")
    return may_be_name(line) or split_office(line, certain=False) is not None


def _stands_alone(words: str) -> bool:
    """Say whether words before a day are a person, or a title that is whole."""
    bare = words.rstrip(" \t\u3000，,")
    return _names_person(bare) or (len(bare) >= 8 and ends_as_document(bare))
