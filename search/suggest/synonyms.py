"""Other words for the same thing, from the list in search/data/synonyms.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from corpus_app.text.folding import fold

SYNONYMS: Final = Path(__file__).parent / "data" / "synonyms.toml"
_KEYS: Final = {"terms", "narrower", "direction", "note", "caution", "source"}


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Wordings of one thing: terms say the same, narrower ones name a kind or part of it.

    direction "both" lets a narrower wording lead back to terms. note and caution are Chinese,
    for readers.
    """

    terms: tuple[str, ...]
    note: str
    narrower: tuple[str, ...] = ()
    direction: Literal["both", "down"] = "down"
    caution: str = ""
    source: str = ""

    def expand(self, term: str) -> list[str]:
        """Return what the group adds for a term, nothing for a term it does not hold."""
        asked = fold_synonym(term)
        if asked in map(fold_synonym, self.terms):
            found = (*self.terms, *self.narrower)
        elif self.direction == "both" and asked in map(fold_synonym, self.narrower):
            found = self.terms
        else:
            return []
        return [wording for wording in found if fold_synonym(wording) != asked]


def expand_synonyms(term: str) -> list[str]:
    """Return the other wordings to search for beside term, in the list's order, none twice.

    expand_synonyms("人代会") == ["人民代表大会会议"]; the term itself is not among them.
    """
    return list(dict.fromkeys(w for group in find_synonym_groups(term) for w in group.expand(term)))


def find_synonym_groups(term: str) -> list[SynonymGroup]:
    """Return the groups that add something to term, so that their notes can be shown."""
    return list(_group_by_term().get(fold_synonym(term), ()))


def fold_synonym(term: str) -> str:
    """Return the form in which terms are compared: as texts are matched, in lower case."""
    return fold(term).lower()


@cache
def load_groups() -> tuple[SynonymGroup, ...]:
    """Return all groups of the list, in its order; a faulty list raises ValueError."""
    with SYNONYMS.open("rb") as file:
        return tuple(_read_group(row) for row in tomllib.load(file)["group"])


@cache
def _group_by_term() -> dict[str, tuple[SynonymGroup, ...]]:
    found: dict[str, tuple[SynonymGroup, ...]] = {}
    for group in load_groups():
        for wording in dict.fromkeys(map(fold_synonym, (*group.terms, *group.narrower))):
            if group.expand(wording):
                found[wording] = (*found.get(wording, ()), group)
    return found


def _read_group(row: dict[str, Any]) -> SynonymGroup:
    unknown = set(row) - _KEYS
    if unknown or row.get("direction", "down") not in ("both", "down"):
        raise ValueError(f"synonyms.toml: {row.get('terms')}: {unknown or row['direction']}")
    if not row.get("terms") or not row.get("note"):
        raise ValueError(f"synonyms.toml: {row}: terms and a note are needed")
    return SynonymGroup(
        terms=tuple(row["terms"]),
        note=row["note"],
        narrower=tuple(row.get("narrower", ())),
        direction=row.get("direction", "down"),
        caution=row.get("caution", ""),
        source=row.get("source", ""),
    )
