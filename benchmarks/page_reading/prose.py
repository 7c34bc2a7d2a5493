"""Bodies of speeches: official prose made up from a table, and clean samples of the project."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.page_reading.facts import Facts, spell

ROOT = Path(__file__).resolve().parents[2]
# Sample speeches without noise between head and the note below the last line.
CLEAN_SAMPLES = ("01", "06", "09", "10", "12", "26")
_PER_MILLE_FROM_SAMPLES = 180


@dataclass(frozen=True, slots=True)
class Speech:
    """Words of a speech: salutation ("" where it has none), paragraphs, what the opening says."""

    salutation: str
    paragraphs: tuple[str, ...]
    organisation: str | None = None
    # The opening may name the meeting in words of its own.
    tells_meeting: bool = False


@cache
def load_words() -> dict[str, Any]:
    """Return the table of sentences and their parts."""
    return tomllib.loads(Path(__file__).with_name("prose.toml").read_text(encoding="utf-8"))


@cache
def load_samples() -> tuple[tuple[str, ...], ...]:
    """Return the bodies of the clean samples as lines, the salutation first."""
    found = []
    for number in CLEAN_SAMPLES:
        path = next((ROOT / "fixtures/speeches").glob(f"{number}_*.txt"))
        lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n")]
        start = next(n for n, line in enumerate(lines) if line.endswith("："))
        end = next(n for n, line in enumerate(lines) if line.startswith("【示例文稿"))
        found.append(tuple(line for line in lines[start:end] if line))
    return tuple(found)


def write_speech(facts: Facts, chance: Random, size: int | None = None) -> Speech:
    """Return a speech for the facts; size is how many paragraphs about, drawn where not given."""
    if facts.kind in ("speech", "call") and chance.randrange(1000) < _PER_MILLE_FROM_SAMPLES:
        salutation, *paragraphs = chance.choice(load_samples())
        return Speech(salutation, tuple(paragraphs[: size or 60]), tells_meeting=True)
    return _Writer(facts, chance).write(size or chance.choice([2, 3, 5, 8, 8, 14, 14, 22]))


class _Writer:
    """Writes one speech from the table."""

    def __init__(self, facts: Facts, chance: Random) -> None:
        self.facts, self.chance, self.words = facts, chance, load_words()

    def write(self, size: int) -> Speech:
        kind, chance = self.facts.kind, self.chance
        table = self.words["kinds"][kind]
        salutation = self.fill(chance.choice(table["salutations"]))
        opening = self.fill(chance.choice(table["openings"]))
        paragraphs = [opening] if opening else []
        paragraphs += self.write_sections(size) if kind != "resolution" else self.write_points(size)
        closing = self.fill(chance.choice(table["closings"]))
        paragraphs += [line for line in closing.split("\n") if line]
        organ = self.facts.organ if self.facts.organ in opening else None
        return Speech(salutation, tuple(paragraphs), organ, self.facts.meeting in opening)

    def write_points(self, size: int) -> list[str]:
        """Return the paragraphs of a resolution."""
        return [
            "会议"
            + self.chance.choice(["认为", "指出", "强调", "要求"])
            + "，"
            + self.write_sentence()
            for _ in range(min(size, 3))
        ]

    def write_sections(self, size: int) -> list[str]:
        """Return headed or plain paragraphs in one of the ways of numbering."""
        style = self.chance.choice(self.words["numbering"])
        out: list[str] = []
        number = below = 0
        while len(out) < size:
            number, below = number + 1, 0
            out.extend(self.write_section(style, number))
            while self.chance.random() < 0.5 and len(out) < size and style["below"]:
                below += 1
                marker = style["below"].format(cn=spell(below), n=below, c="①②③④⑤⑥⑦⑧⑨"[below % 9])
                out.append(marker + self.write_heading() + "。" + self.write_paragraph())
        return out

    def write_section(self, style: dict[str, str], number: int) -> Iterator[str]:
        """Yield a section's heading, where the style has one, and its paragraphs."""
        marker = style["top"].format(cn=spell(number), n=number)
        if style["run_in"] == "yes":
            yield marker + self.write_heading() + "。" + self.write_paragraph()
            return
        if marker:
            yield marker + self.write_heading()
        for _ in range(self.chance.randint(1, 3)):
            yield self.write_paragraph()

    def write_heading(self) -> str:
        """Return a heading without a stop."""
        pair = self.chance.sample(self.words["headings"], 2)
        return "，".join(pair[: self.chance.choice([1, 2, 2])])

    def write_paragraph(self) -> str:
        """Return one to five sentences."""
        return "".join(self.write_sentence() for _ in range(self.chance.choice([1, 2, 3, 3, 5])))

    def write_sentence(self) -> str:
        """Return a sentence of the table, its parts drawn."""
        return self.fill(self.chance.choice(self.words["sentences"]))

    def fill(self, pattern: str) -> str:
        """Return a pattern with facts and drawn parts in place of its names in braces."""
        return re.sub(r"\{(\w+)\}", lambda match: self.draw(match[1]), pattern)

    def draw(self, name: str) -> str:
        """Return one of the parts of a name, or the fact of that name."""
        facts, chance, parts = self.facts, self.chance, self.words["parts"]
        if name in parts:
            return str(chance.choice(parts[name]))
        if name in ("n", "m"):
            return str(chance.randint(2, 980 if name == "n" else 60))
        if name == "cn":
            return spell(chance.randint(3, 60))
        if name == "share":
            return f"{chance.uniform(1, 30):.1f}"
        if name in ("year", "last"):
            return str(facts.delivered.year - (name == "last"))
        return str(getattr(facts, name))
