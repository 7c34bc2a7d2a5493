"""Dates as precise as they are written."""

import pytest

from corpus_app.ingest.dates import find_date
from corpus_app.ingest.draft import PartialDate


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("（2023年5月6日）", "2023-05-06", "day"),
        ("二〇二三年十一月十日", "2023-11-10", "day"),
        ("２０２２年６月", "2022-06", "month"),
        ("更新时间:2024-04 来源:某网", "2024-04", "month"),
        ("2022-06-23 10:11:12", "2022-06-23", "day"),
        ("1998.3.5", "1998-03-05", "day"),
        ("2021/12/08", "2021-12-08", "day"),
        ("2020年工作总结", "2020", "year"),
        ("2024 年 2 月 29 日", "2024-02-29", "day"),
        ("2 0 2 4 年 2 月 2 9 日", "2024-02-29", "day"),
        ("二O二三年五月六日", "2023-05-06", "day"),
        ("二o二三年五月六日", "2023-05-06", "day"),
        ("２０２３年元月６日", "2023-01-06", "day"),
        ("一九九八年三月廿五日", "1998-03-25", "day"),
        ("2023年5月6日至8日", "2023-05-06", "day"),
        ("2023 - 05 - 06 09:00", "2023-05-06", "day"),
        ("2023年  5月 6日上午", "2023-05-06", "day"),
    ],
)
def test_it_reads_a_date_no_more_precisely_than_written(
    text: str, value: str, precision: str
) -> None:
    assert find_date(text) == PartialDate(value, precision)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023-13-01",
        "2023年2月30日",
        "67.7万",
        "13902023-05-01",
        "1.2.3",
        "3025年1月1日",
        "2023年正月初八",
        "2023年农历腊月廿三",
    ],
)
def test_it_refuses_what_is_no_date(text: str) -> None:
    assert find_date(text) is None
