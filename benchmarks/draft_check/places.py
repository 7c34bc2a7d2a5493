"""Names of other places planted as one's own, and other places rightly named, by real divisions.

The sample drafts are of invented places; here each sentence has an own county drawn from the
table, and another one of another province.
"""

from __future__ import annotations

import random
from typing import Final

from corpus_app.proofreading.divisions import load_divisions, strip_unit
from corpus_app.proofreading.places import find_foreign_places

TUNED: Final = (
    "{full}人大常委会要带头落实。",
    "奋力谱写{core}高质量发展新篇章。",
    "要结合{full}实际，抓好落实。",
)
ASIDE: Final = (
    "{full}各级人大代表要走在前列。",
    "为推动{core}经济社会发展作出新的更大贡献。",
    "建设富强美丽{core}，是我们共同的责任。",
    "立足{full}实际，谋划好明年的工作。",
    "促进{core}经济社会发展迈上新台阶。",
    "{full}人民政府要尽快拿出方案。",
)
RIGHT: Final = (
    "赴{full}学习考察，收获很大。",
    "要借鉴{full}高质量发展的经验。",
    "{own}与{full}结对协作，共同推动{core}发展。",
    "{child}人大常委会要抓好落实。",
    "贯彻{parent}人大常委会的要求，推动{parent}高质量发展。",
    "来自{full}的企业家说，要建设美丽{core}。",
    "{own}人大常委会要带头落实，谱写{owncore}高质量发展新篇章。",
)


def measure_places(draws: int) -> dict[str, float]:
    """Return the share of planted names that are told, by family, and right ones told in vain."""
    table, draw = load_divisions(), random.Random(5)
    names = table.list_names()
    rows = [
        one
        for name in dict.fromkeys(names.values())
        for one in table.find(name)
        if not one.end and not one.code.endswith("00") and strip_unit(name) in names
    ]
    counts = dict.fromkeys(("tuned", "aside", "right"), 0)
    for _ in range(draws):
        own, other = draw.choice(rows), draw.choice(rows)
        if own.code[:2] == other.code[:2] or len(table.find(own.name)) > 1:
            continue
        fields = {
            "own": own.name,
            "owncore": strip_unit(own.name),
            "full": other.name,
            "core": strip_unit(other.name),
        }
        above = table.list_named_by([own.code[:4] + "00"])
        for family, shapes in (("tuned", TUNED), ("aside", ASIDE), ("right", RIGHT)):
            for shape in shapes:
                if "{parent}" in shape and not above:
                    continue
                place = above[0] if "{child}" in shape and above else own.name
                words = shape.format(**fields, child=own.name, parent=(above or [""])[0])
                told = list(find_foreign_places(f"同志们：\n{words}", place, 2026))
                counts[family] += bool(told)
                counts[f"{family} of"] = counts.get(f"{family} of", 0) + 1
    return {
        "places, tuned, recall": round(counts["tuned"] / counts["tuned of"], 3),
        "places, aside, recall": round(counts["aside"] / counts["aside of"], 3),
        "places rightly named": counts["right of"],
        "places rightly named, told": counts["right"],
    }
