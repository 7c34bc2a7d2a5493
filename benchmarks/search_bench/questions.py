"""The fixed set of questions, each in the forms that the engines understand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["words", "string", "prefix", "title", "dates", "facets"]
PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its words (joined by AND or OR) or its string, and what narrows it."""

    name: str
    kind: Kind
    words: tuple[str, ...] = ()
    any_word: bool = False
    string: str = ""
    title: str = ""
    years: tuple[int, int] | None = None
    offset: int = 0

    @property
    def text(self) -> str:
        """Return the question in our query language."""
        if self.kind == "string":
            return f'"{self.string}"'
        if self.kind == "prefix":
            return f"{self.words[0]}*"
        parts = [(" OR " if self.any_word else " ").join(self.words)]
        if self.title:
            parts.append(f"标题:{self.title}")
        if self.years:
            parts.append(f"日期:{self.years[0]}..{self.years[1]}")
        return " ".join(parts)


QUESTIONS: Final = (
    Question("one frequent word", "words", ("人民",)),
    Question("one rare word", "words", ("履职",)),
    Question("two words", "words", ("人民", "发展")),
    Question("five words OR", "words", ("经济", "社会", "教育", "环境", "安全"), any_word=True),
    Question("deep page", "words", ("人民",), offset=4980),
    Question("prefix", "prefix", ("人民",)),
    Question("word in titles", "title", ("监督",), title="条例"),
    Question("word and years", "dates", ("环境",), years=(2010, 2020)),
    Question("facets by year", "facets", ("人民",)),
    Question("1 character, frequent", "string", string="法"),
    Question("1 character, rare", "string", string="湿"),
    Question("2 characters, frequent", "string", string="应当"),
    Question("2 characters, rare", "string", string="票决"),
    Question("3 characters inside words", "string", string="大代表"),
    Question("4 characters", "string", string="人大代表"),
    Question("6 characters, frequent", "string", string="人民代表大会"),
    Question("7 characters, rare", "string", string="全过程人民民主"),
    Question("11 characters, frequent", "string", string="人民代表大会常务委员会"),
    Question("14 characters", "string", string="县级以上地方各级人民政府应当"),
    Question("10 characters, nowhere", "string", string="全过程人民代表常委会"),
)
