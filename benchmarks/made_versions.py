"""Newer versions of texts, made by rule: what became of each sentence is known."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from corpus_app.text.sentences import list_forms, list_sentences

Pairs = set[tuple[int, int]]


@dataclass
class Version:
    """An older text and a newer one made of it, with what became what and what moved."""

    first: list[str]
    second: list[str] = field(default_factory=list)
    gold: Pairs = field(default_factory=set)
    moved: Pairs = field(default_factory=set)

    def put(self, text: str, *origins: int, moved: bool = False) -> None:
        """Put a sentence into the newer text."""
        pairs = {(origin, len(self.second)) for origin in origins}
        self.second.append(text)
        self.gold |= pairs
        self.moved |= pairs if moved else set()


def cut(text: str) -> list[str]:
    """Return the sentences of a text that have words."""
    spans = list_sentences(text)
    forms = list_forms(text, spans)
    return [text[a:b] for (a, b), form in zip(spans, forms, strict=True) if len(form) > 1]


def make_version(
    sentences: list[str], foreign: list[str], rate: float, family: str, draw: random.Random
) -> Version:
    """Return a newer version: one in ten left out, one in twelve put in, blocks moved."""
    made = Version(sentences)
    order, moved = move_blocks(len(sentences), draw)
    at = 0
    while at < len(order):
        origin = order[at]
        chance = draw.random()
        words = reword(sentences[origin], rate, "".join(foreign[:40]), family, draw)
        follows = at + 1 < len(order) and order[at + 1] == origin + 1
        if draw.random() < 1 / 12:
            made.put(draw.choice(foreign))
        if chance < 0.1:
            pass
        elif chance < 0.14 and len(words) > 40 and "，" in words[12:-12]:
            middle = words.index("，", 12)
            made.put(words[:middle] + "。", origin, moved=origin in moved)
            made.put(words[middle + 1 :], origin, moved=origin in moved)
        elif chance < 0.18 and follows and min(len(words), len(sentences[origin + 1])) > 12:
            joined = words.rstrip("。；！？") + "，" + sentences[origin + 1]
            both = origin in moved, origin + 1 in moved
            made.put(joined, origin, origin + 1, moved=all(both))
            at += 1
        else:
            made.put(words, origin, moved=origin in moved)
        at += 1
    return made


def move_blocks(count: int, draw: random.Random) -> tuple[list[int], set[int]]:
    """Return an order of the sentences with blocks far from where they were, and which these are.

    Blocks are of two to six sentences and go further than twice their own length.
    """
    order, moved = list(range(count)), set[int]()
    for _ in range(max(1, count // 60)):
        size = draw.randint(2, 6)
        if count < 8 * size:
            continue
        start = draw.randrange(count - size)
        block = order[start : start + size]
        if moved & set(range(block[0] - 2 * size, block[0] + 2 * size)):
            continue
        rest = order[:start] + order[start + size :]
        goals = [at for at in range(len(rest)) if abs(at - start) > 2 * size]
        goal = draw.choice(goals)
        order = rest[:goal] + block + rest[goal:]
        moved |= set(block)
    return order, moved


def reword(text: str, rate: float, pool: str, family: str, draw: random.Random) -> str:
    """Return a sentence with other numbers and about that share of its characters edited."""
    text = re.sub(r"[0-9]", lambda _: str(draw.randrange(10)), text) if rate else text
    return edit(text, rate, pool, family, draw) if rate else text


def edit(text: str, rate: float, pool: str, family: str, draw: random.Random) -> str:
    """Return the text edited: replaced, left out or put in, by spans of 1 to 4 or characters."""
    out, at = [], 0
    spans = family == "spans"
    chance = rate / 2.5 / (1 - rate) if spans else rate
    while at < len(text):
        if draw.random() >= chance:
            out.append(text[at])
            at += 1
            continue
        size = draw.randint(1, 4) if spans else 1
        place = draw.randrange(len(pool) - size)
        kind = draw.randrange(3)
        if kind < 2:
            at += size
        if kind != 1:
            out.append(re.sub(r"[。！？；\n]", "，", pool[place : place + size]))
    return "".join(out)
