"""Years, sessions, bodies and chairs left over from another draft, and ones rightly told.

Each sentence stands in a short speech of an invented place, whose day is drawn; "aside" shapes
were written for scoring. {y} is the year, {o} a wrong one, {n} and {m} right and wrong numbers.
"""

from __future__ import annotations

import random
from typing import Any, Final

from corpus_app.proofreading.drafts import DraftFacts
from corpus_app.proofreading.residue import find_residue
from corpus_app.text.numerals import write_count

_PLACES: Final = ("望岫县", "安澜市", "苇塘区", "石榉镇")
_SPEECH: Final = (
    "{place}第{own}届人民代表大会第{nth}次会议今天隆重开幕。我代表{place}人大常委会表示祝贺。\n"
    "过去一年，我{unit}人大工作取得新成效，{unit}人大常委会听取报告十二项。\n{planted}\n"
    "全{unit}各级人大代表要走在前列，为我{unit}高质量发展作出贡献。\n"
)
TUNED: Final = (
    "今年是{o}年，任务很重。",
    "今年是新中国成立{wrong49}周年，要以优异成绩献礼。",
    "今年是“{oldplan}”规划的开局之年。",
    "{o}年是全面深化改革的重要一年，做好今年的工作意义重大。",
    "要学习贯彻十四届全国人大{wrongth}次会议精神。",
    "现在，我宣布：{place}第{other}届人民代表大会第{nth}次会议闭幕！",
    "我代表{foreign}人大常委会，向大家表示感谢。",
    "要为我{low}发展作出新的贡献。",
    "要落实第{oldcount}个五年规划。",
)
ASIDE: Final = (
    "去年（{o2}年）我们办了几件大事。",
    "{y}年，我们将迎来中国共产党成立{wrong21}周年。",
    "今年恰逢改革开放{wrong78}周年，又逢换届。",
    "{y}年是“{oldplan}”收官之年，要善始善终。",
    "{o}年是本届任期承上启下的一年，我们要乘势而上。",
    "刚刚闭幕的十四届全国人大{wrongth}次会议，是一次重要的大会。",
    "{y}年3月召开的第十四届全国人民代表大会第{wrongth}次会议提出了新要求。",
    "{place}第{own}届人民代表大会第{othernth}次会议就要闭幕了。",
    "{place}第{other}届人大常委会要接过接力棒。",
    "在{foreign}委的坚强领导下，我们要再接再厉。",
    "我们{foreign}人大要做好表率。",
    "同志们，我{low}的发展正处在爬坡过坎的关口。",
    "会后，{low}人大常委会机关要及时制定方案。",
    "我受{foreign}人大常委会委托向大会报告工作。",
    "要按照第{oldcount}个五年规划的部署推进。",
    "今年正值中华人民共和国成立{wrong49}周年，意义非凡。",
    "要传达十四届全国人大{wrongth}次会议精神，研究贯彻意见。",
    "明年（{o}年）要早作打算。",
    "{place}第{own}届人民代表大会第{othernth}次会议胜利闭幕了。",
    "我谨代表中共{foreign}委，向大会的召开表示祝贺。",
    "今年是实施“{oldplan}”规划的第一年。",
    "我们{foreign}各级人大代表要带头。",
    "{low}人大常委会党组必须把好方向。",
    "我代表{low}人大常委会向大家致以问候。",
    "今年是人民代表大会成立{wrong54}周年。",
)
RIGHT: Final = (
    "今年是{y}年，任务很重。",
    "去年（{last}年）我们办了几件大事。",
    "2019年是新中国成立70周年，我们隆重庆祝。",
    "今年是新中国成立{right49}周年。",
    "中国共产党成立100周年时，我们全面建成了小康社会。",
    "2021年是“十四五”开局之年，我们顶住压力，取得了好成绩。",
    "2020年是“十三五”收官之年。五年来，我们完成了各项任务。",
    "2018年3月，第十三届全国人民代表大会第一次会议通过宪法修正案。",
    "{place}第{other}届人民代表大会第一次会议以来，常委会依法履职。",
    "{place}第{other}届人大常委会在五年任期内制定了五部法规。",
    "按照县第{own}届人大第一次会议通过的决议，抓好落实。",
    "一位代表说：“我{low}的路修好了。”",
    "{below}要抓好落实，及时报告。",
    "各{low}人大常委会要抓好落实。",
    "我们通过省人大网站征求意见，依托市人大平台办理建议。",
    "{foreign}人大常委会作了交流发言。",
    "感谢{foreign}委的同志来介绍经验。",
    "我省出台了实施意见，省人大常委会将开展检查。",
    "第十三个五年规划期间，我们补上了短板。",
    "参加{foreign}第{other}届人民代表大会第一次会议的同志介绍了做法。",
    "十三届全国人大一次会议以来，立法步伐加快。",
)


def measure_leftovers(draws: int) -> dict[str, Any]:
    """Return by shape of both families how many are told, and how many right ones in vain."""
    draw, found = random.Random(16), dict[str, Any]()
    for family, shapes in (("tuned", TUNED), ("aside", ASIDE), ("right", RIGHT)):
        told, missed = 0, list[str]()
        for shape in shapes:
            for _ in range(draws):
                fields = _draw(draw)
                words = shape.format(**fields)
                if "{low}" in shape and fields["low"] == fields["unit"]:
                    continue
                text = _SPEECH.format(**fields, planted=words)
                facts = DraftFacts(place=fields["place"], day=f"{fields['y']}-05-12")
                hit = _is_told(text, words, facts)
                told += hit
                if hit == (family == "right"):
                    missed.append(words)
        count = told + len(missed) if family != "right" else len(shapes) * draws
        found[f"leftovers, {family}, told"] = f"{told}/{count}"
        found[f"leftovers, {family}, amiss"] = "; ".join(sorted({w[:24] for w in missed})[:6])
    return found


def _is_told(text: str, words: str, facts: DraftFacts) -> bool:
    at = text.index(words)
    found = list(find_residue(text, facts))
    return any(one.start < at + len(words) and at < one.end for one in found)


def _draw(draw: random.Random) -> dict[str, Any]:
    """Return what the shapes are filled with."""
    place, year = draw.choice(_PLACES), draw.choice((2023, 2024, 2025, 2026))
    own, nth = draw.randrange(5, 19), draw.randrange(2, 6)
    right = year - 2022
    wrong = draw.choice([n for n in range(1, 6) if n != right and n < 5 and n < right] or [5])
    low = draw.choice({"县": "区镇", "市": "县区", "区": "县镇", "镇": "乡"}[place[-1]])
    return {
        "place": place,
        "unit": place[-1],
        "foreign": draw.choice(("麓禾", "枫桐", "栖川")) + place[-1],
        "low": low,
        "below": {"县": "镇人大", "市": "县人大常委会", "区": "镇人大"}.get(place[-1], "联络站"),
        "y": year,
        "o": year - draw.randrange(1, 4),
        "o2": year - draw.randrange(2, 4),
        "last": year - 1,
        "own": write_count(own),
        "other": write_count(own - 1),
        "nth": write_count(nth),
        "othernth": write_count(nth - 1),
        "wrongth": write_count(wrong),
        "oldplan": draw.choice(("十二五", "十三五")),
        "oldcount": draw.choice(("十二", "十三")),
        **{f"wrong{n % 100}": year - n - draw.randrange(1, 3) for n in (1921, 1949, 1954, 1978)},
        "right49": year - 1949,
    }
