"""Citations of laws: wrong ones planted for recall, right ones in many forms for false alarms.

Made from the laws beside the project, as of each draft's own day. Planters of "tuned" were at
hand while the check was written, those of "aside" were written for scoring.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.draft_check.planting import (
    Material,
    Planted,
    Planter,
    change_twice,
    drop_clause,
    insert,
    replace_char,
)
from corpus_app.proofreading.drafts import DraftFacts
from corpus_app.text.folding import fold
from corpus_app.text.numerals import write_count

STATE: Final = "中华人民共和国"
SHORT: Final = {
    "各级人民代表大会常务委员会监督法": "监督法",
    "全国人民代表大会和地方各级人民代表大会代表法": "代表法",
    "地方各级人民代表大会和地方各级人民政府组织法": "地方组织法",
    "全国人民代表大会和地方各级人民代表大会选举法": "选举法",
}
TRADITIONAL = str.maketrans("会国发党众设实质门问", "會國發黨眾設實質門問")


@dataclass(frozen=True, slots=True)
class NationalLaws:
    """The laws at hand, and the titles of those of the state."""

    collection: Any
    titles: list[str]


def open_laws() -> NationalLaws:
    from corpus_app.laws.collection import LawCollection
    from corpus_app.laws.models import Law

    titles = Law.objects.filter(title__startswith=STATE).values_list("title", flat=True)
    return NationalLaws(LawCollection(), list(titles))


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence of a law in force on a draft's day; paragraph is the number of its 款."""

    law: Any
    version: Any
    article: Any
    sentence: str
    paragraph: int

    @property
    def full(self) -> str:
        return f"《{self.version.title}》"

    @property
    def bare(self) -> str:
        name = self.version.title.removeprefix(STATE)
        return SHORT.get(name, name)

    @property
    def short(self) -> str:
        return f"《{self.bare}》"

    @property
    def last(self) -> int:
        return max(number for number, _ in self.version.articles)


def draw_rule(
    laws: Any, facts: DraftFacts, draw: random.Random, fits: Callable[[Rule], bool] = lambda _: True
) -> Rule | None:
    """Return a sentence of a national law as of the draft's day, None where none is found."""
    from corpus_app.proofreading.draft_days import read_day

    day = read_day(facts.day)
    for _ in range(200):
        law = laws.collection.find(draw.choice(laws.titles))
        version = law.choose_version(day) if day else None
        articles = [one for one in version.articles.values() if one.number] if version else []
        if len(articles) < 5:
            continue
        article = draw.choice(articles)
        paragraph = draw.randrange(len(article.paragraphs))
        sentences = re.findall(r"[^。“”\n：]{20,90}。", article.paragraphs[paragraph][0])
        sentences = [one for one in sentences if one.count("，") >= 2]
        if not sentences:
            continue
        rule = Rule(law, version, article, draw.choice(sentences), paragraph + 1)
        if is_unique(rule) and fits(rule):
            return rule
    return None


def is_unique(rule: Rule) -> bool:
    """Say whether the sentence stands in one article alone."""
    return sum(rule.sentence in one.text for one in rule.version.articles.values()) == 1


def plant(
    shape: str,
    mark: str,
    change: Callable[[str, random.Random], str] = lambda words, _draw: words,
    fits: Callable[[Rule], bool] = lambda _: True,
) -> Planter:
    """Return a planter of a sentence of this shape; mark is the name of the field that is wrong."""

    def put(text: str, facts: DraftFacts, stuff: Material, draw: random.Random) -> Planted | None:
        rule = draw_rule(stuff.laws, facts, draw, fits)
        if rule is None:
            return None
        fields = list_fields(rule, draw)
        fields["words"] = change(rule.sentence, draw)
        return insert(text, shape.format(**fields), "law", draw, fields[mark])

    return put


def list_fields(rule: Rule, draw: random.Random) -> dict[str, str]:
    """Return what a citation is written with, right and wrong."""
    number = rule.article.number
    others = [one for one, _ in rule.version.articles if one not in (0, number)]
    title = rule.version.title
    at = draw.randrange(len(STATE) + 1, max(len(title) - 3, len(STATE) + 2))
    return {
        "full": rule.full,
        "short": rule.short,
        "bare": rule.bare,
        "article": rule.article.name,
        "arabic": f"第{number}条",
        "beyond": f"第{write_count(rule.last + draw.randrange(1, 30))}条",
        "far": f"第{rule.last + draw.randrange(1, 9)}条",
        "other": f"第{write_count(draw.choice(others))}条",
        "paragraph": f"第{write_count(rule.paragraph)}款",
        "wrong_paragraph": f"第{write_count(len(rule.article.paragraphs) + 1)}款",
        "wrong_item": "第（二十九）项",
        "misnamed": f"《{title[:at]}{title[at + 1 :]}》",
        "doubled": f"《{title[:at]}{title[at - 1 : at]}{title[at:]}》",
    }


def plant_superseded(text: str, facts: DraftFacts, stuff: Any, draw: random.Random) -> Any:
    """Plant what an older text of the law says, cited by its older number."""
    rule = draw_rule(stuff.laws, facts, draw, lambda one: one.law.versions[0] is not one.version)
    if rule is None:
        return None
    older = rule.law.versions[rule.law.versions.index(rule.version) - 1]
    now = fold("".join(one.text for one in rule.version.articles.values()))
    olds = [
        (article.name, sentence)
        for article in older.articles.values()
        for sentence in re.findall(r"[^。“”\n：]{20,90}。", article.text)
        if fold(sentence.rstrip("。")) not in now
    ]
    if not olds:
        return None
    name, words = draw.choice(olds)
    return insert(text, f"{rule.short}{name}规定：“{words}”", "law", draw, words)


def is_long(rule: Rule) -> bool:
    return len(rule.version.title) - len(STATE) >= 9


TUNED: Final[list[Planter]] = [
    plant("要落实{short}{beyond}的规定。", "beyond"),
    plant("{full}{article}规定：“{words}”", "words", replace_char),
    plant("{short}{other}规定：“{words}”", "words"),
]
ASIDE: Final[list[Planter]] = [
    plant("我们要认真学习{misnamed}，抓好贯彻实施。", "misnamed", fits=is_long),
    plant("按照{doubled}的要求开展工作。", "doubled", fits=is_long),
    plant_superseded,
    plant("“{words}”（{full}{article}）", "words", drop_clause),
    plant("依据{short}{article}{wrong_paragraph}，开展监督。", "wrong_paragraph"),
    plant("对照{short}{article}{paragraph}{wrong_item}，逐条检查。", "wrong_item"),
    plant("要落实{full}{article}、{beyond}的规定。", "beyond"),
    plant("依照{bare}{arabic}“{words}”的规定，认真研究。", "words", change_twice),
    plant("根据{bare}{far}，应当报告。", "far"),
    plant("{bare}{other}明确规定，{words}", "words"),
]


def write_right(rule: Rule, draw: random.Random) -> Iterator[str]:
    """Yield right citations of a sentence, as people write them."""
    fields = list_fields(rule, draw)
    words, article = rule.sentence, rule.article.name
    at = draw.randrange(4, len(words) - 4)
    yield f"{rule.full}{article}规定：“{words}”"
    yield f"{rule.short}{article}规定，“{words.rstrip('。')}”。"
    yield f"根据{rule.bare}{article}“{words.rstrip('。')}”的规定，开展工作。"
    yield f"“{words}”（{rule.short}{article}）"
    yield f"{rule.short}{fields['arabic']}明确：“{words.translate(TRADITIONAL)}”"
    yield f"{rule.short}{article}{fields['paragraph']}规定：“{words.replace('，', ',')}”"
    yield f"{rule.full}规定：“{words[:at]}\n{words[at:]}”"
    yield f"{rule.bare}{article}规定，{words}"
    yield f"{rule.short}{article}规定：“{'，'.join(words.split('，')[1:])}”"
    yield f"{rule.short}第一条、{article}规定：“{words.split('，')[0]}……{words.split('，')[-1]}”"
    yield f"认真落实{rule.short}第二条至{article}的规定。"
    yield f"{rule.full}（以下简称《该规》）出台后，《该规》{article}规定：“{words}”"


def count_vain(stuff: Material, draws: int) -> dict[str, int]:
    """Return how many right citations were written, and how many of them were told."""
    from corpus_app.proofreading.draft_days import read_day
    from corpus_app.proofreading.laws import review_laws

    draw, written, told = random.Random(11), 0, 0
    for number in range(draws):
        facts = DraftFacts(day=f"{2019 + number % 8}-05-06")
        rule, day = draw_rule(stuff.laws, facts, draw), read_day(facts.day)
        if rule is None or day is None:
            continue
        for words in write_right(rule, draw):
            written += 1
            told += bool(review_laws(words, day).findings)
    return {"laws rightly cited": written, "laws rightly cited, told": told}
