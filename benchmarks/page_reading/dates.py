"""Days as officials and sites print them, each with the value that a reader should give."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from benchmarks.page_reading.facts import spell

_ZEROS = "〇○零OＯ0Ｏ◯"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
Printed = tuple[str, str]


def _by_words(day: date, chance: Random) -> str:
    zero = chance.choices(_ZEROS, [6, 6, 2, 2, 1, 1, 1, 1])[0]
    year = "".join(zero if c == "0" else "零一二三四五六七八九"[int(c)] for c in str(day.year))
    return f"{year}年{spell(day.month)}月{spell(day.day)}日"


def _plain(day: date, chance: Random) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _padded(day: date, chance: Random) -> str:
    return f"{day.year}年{day.month:02}月{day.day:02}日"


def _blank(day: date, chance: Random) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _ragged(day: date, chance: Random) -> str:
    """As recognised characters come out: blanks where none were printed."""
    return "".join(c + (" " if chance.random() < 0.25 else "") for c in _plain(day, chance)).strip()


def _wide(day: date, chance: Random) -> str:
    return _plain(day, chance).translate(_WIDE)


def _dotted(day: date, chance: Random) -> str:
    sign = chance.choice(["-", ".", "/", "－"])
    pad = chance.random() < 0.6
    month, number = (f"{day.month:02}", f"{day.day:02}") if pad else (day.month, day.day)
    return f"{day.year}{sign}{month}{sign}{number}"


def _with_part(day: date, chance: Random) -> str:
    part = chance.choice(
        [
            "上午",
            "下午",
            "晚",
            " 上午",
            "　下午",
            "上午9：30",
            "15:00",
            "　9时",
            "（星期二）",
            "星期五",
        ]
    )
    return _plain(day, chance) + part


_FORMS: tuple[tuple[Callable[[date, Random], str], int], ...] = (
    (_plain, 12),
    (_by_words, 5),
    (_padded, 2),
    (_blank, 2),
    (_wide, 1),
    (_dotted, 2),
    (_with_part, 2),
    (_ragged, 1),
)


def print_plain(day: date, chance: Random) -> Printed:
    """Return a day in words that tell it for one without a label."""
    forms = [_plain] * 6 + [_by_words] * 3 + [_padded, _blank, _wide]
    return chance.choice(forms)(day, chance), day.isoformat()


def print_day(day: date, chance: Random) -> Printed:
    """Return a day of a speech in any of the forms, and its value."""
    forms, weights = zip(*_FORMS, strict=True)
    return chance.choices(forms, weights)[0](day, chance), day.isoformat()


def print_spoken(day: date, chance: Random) -> Printed:
    """Return a day, a run of days or a month, and its value; runs count from their first day."""
    lot = chance.random()
    if lot < 0.07 and day.day < 25:
        last = day + timedelta(chance.randint(1, 3))
        sign = chance.choice(["至", "—", "-", "－", "～"])
        end = chance.choice([f"{last.day}日", f"{last.day}日", f"{last.month}月{last.day}日"])
        return f"{day.year}年{day.month}月{day.day}日{sign}{end}", day.isoformat()
    if lot < 0.13:
        year = chance.choice([str(day.year), _by_words(day, chance)[:4]])
        month = spell(day.month) if not year.isascii() or not year.isdigit() else day.month
        return f"{year}年{month}月", f"{day.year}-{day.month:02}"
    return print_day(day, chance)


def put_in_brackets(text: str, chance: Random) -> str:
    """Return a date as it stands on a line of its own under a title."""
    remark = ""
    if chance.random() < 0.12:
        remark = chance.choice(
            [
                "，根据录音整理",
                "，根据录音整理，未经本人审阅",
                " 根据记录整理",
                "　讲话提纲",
                "，有删节",
            ]
        )
    pairs = ["（）", "（）", "（）", "（）", "()", "〔〕", "【】", "[]", "  ", "  ", "  "]
    # Bare figures under a title may as well be the day of publication.
    pair = chance.choice(pairs if "年" in text else pairs[:8])
    return f"{pair[0]}{text}{remark}{pair[1]}".strip()


def print_stamp(day: date, chance: Random, clock: bool | None = None) -> Printed:
    """Return a day as a site's machine prints it."""
    text = chance.choice(
        [day.isoformat()] * 6
        + [f"{day:%Y/%m/%d}", f"{day:%Y.%m.%d}", f"{day:%Y年%m月%d日}", _plain(day, chance)]
    )
    if clock is None:
        clock = chance.random() < 0.4
    if clock:
        gap = " " if text[-1] != "日" else chance.choice(["", " ", "　"])
        seconds = f":{chance.randint(0, 59):02}" if chance.random() < 0.4 else ""
        text += f"{gap}{chance.randint(0, 23):02}:{chance.randint(0, 59):02}{seconds}"
    return text, day.isoformat()
