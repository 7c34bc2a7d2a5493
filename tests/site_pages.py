"""Pages of an invented site: its own lines around heads and speeches that differ."""

from __future__ import annotations

import random

from corpus_app.ingest.site import SiteEvidence, collect_lines

TOP = ["溪北新闻港湾", "滨河观察", "鹿角栏目组", "早晚两播"]
BOTTOM = ["返回鹿角首页", "滨河热线值班表", "溪北新闻港湾"]
WHO = ["各乡镇", "各部门", "全体代表", "基层干部", "村社组长", "监督小组", "联络站点", "志愿队伍"]
WHAT = ["饮水工程", "乡村道路", "校舍修缮", "河道治理", "就业服务", "养老照料", "粮田保护"]
HOW = ["逐项推进", "按月通报", "当面反馈", "列出清单", "分片负责", "回头再看", "集中办理"]


def make_text(number: int) -> list[str]:
    """Return the lines of a speech that no other number has."""
    draw = random.Random(number)

    def make_sentence() -> str:
        who, what, how = draw.choice(WHO), draw.choice(WHAT), draw.choice(HOW)
        return f"{who}要把{what}放在心上，{draw.randrange(2, 90)}个点位{how}。"

    parts = ["各位代表：", f"我讲{draw.choice('两三四')}点想法。" + make_sentence() * 2]
    for mark in ("一、工作回顾", "二、下步打算"):
        parts += [mark, "".join(make_sentence() for _ in range(6))]
    return [*parts, "谢谢大家！"]


def make_page(number: int, *, source: str = "", day: int = 0) -> str:
    """Return a page of the site; source is a line of its own below the title."""
    head = [f"在第{number}次联席会议上的讲话", *filter(None, [source])]
    head += [f"2024年{1 + number % 12}月{day or 1 + number % 28}日", "沈知远"]
    return "\n".join([*TOP, *head, *make_text(number), *BOTTOM])


def collect_evidence(count: int = 12) -> SiteEvidence:
    """Return what so many other pages than the first tell."""
    return collect_lines((make_page(number) for number in range(2, 2 + count)), "site.example")
