"""What the check of a draft yields: findings, each with its place, reason, suggestion and proof."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Literal

Kind = Literal[
    "wording",
    "slogan",
    "superseded",
    "quotation",
    "borrowed",
    "formula",
    "residue",
    "placeholder",
    "outline",
    "announced",
    "law",
    "punctuation",
]
KINDS: Final[tuple[Kind, ...]] = (
    "slogan",
    "superseded",
    "quotation",
    "law",
    "wording",
    "residue",
    "placeholder",
    "announced",
    "outline",
    "punctuation",
    "borrowed",
    "formula",
)

# A kind that is found by likelihood is shown to people from this probability on.
SHOWN_FROM: Final[dict[Kind, float]] = {"wording": 0.9}


# From so much on a finding is sure; below it is something to look at.
SURE: Final = 0.8


@dataclass(frozen=True, slots=True)
class EvidencePassage:
    """A passage that proves a finding: words of a published speech or of an official document.

    speech and section are null for a document outside the corpus; title names it then, with its
    place (《…》第一部分第2段). start and end count in the revision's text.
    """

    text: str
    title: str
    date: str = ""
    url: str = ""
    speech: int | None = None
    section: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """Something to look at in text[start:end] of a draft; nothing is ever changed by itself.

    suggestion is what stands instead in the proof or by the rule, null where there is none;
    confidence is the probability, 0 to 1, that the place is wrong.
    """

    kind: Kind
    start: int
    end: int
    text: str
    message: str
    suggestion: str | None = None
    confidence: float = 0.9
    evidence: tuple[EvidencePassage, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Say whether it may be taken as it is: a slip where a speech says what is meant."""
        return self.confidence >= SURE and (self.kind != "wording" or bool(self.evidence))

    def move(self, by: int) -> DraftFinding:
        """Return the finding of a part in the whole, where the part begins after so many chars."""
        return replace(self, start=self.start + by, end=self.end + by) if by else self

    def to_json(self) -> dict[str, Any]:
        """Return the contract's object."""
        return asdict(self) | {"evidence": [asdict(proof) for proof in self.evidence]}


@dataclass(frozen=True, slots=True)
class DraftSources:
    """What of a draft stands in published speeches: no fault, but worth knowing.

    findings are of the kinds "borrowed" and "formula", in reading order. borrowed, quoted and
    formula are shares of the draft's characters (letters, digits, Han; their number is
    characters), 0 to 1; quoted is what stands in the corpus and is marked as somebody's words.
    versions are speeches held to be the draft itself and left out.
    """

    findings: tuple[DraftFinding, ...] = ()
    characters: int = 0
    borrowed: float = 0.0
    quoted: float = 0.0
    formula: float = 0.0
    versions: tuple[EvidencePassage, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the object of the interface, the findings aside."""
        shares = {name: round(getattr(self, name), 4) for name in ("borrowed", "quoted", "formula")}
        versions = [asdict(one) for one in self.versions]
        return {"characters": self.characters, **shares, "versions": versions}


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft's text with its findings in reading order, and what was checked and what was not.

    Of what it has from other texts sources tells; that is not among the findings.
    """

    text: str
    findings: tuple[DraftFinding, ...]
    checked: tuple[str, ...]
    not_checked: tuple[str, ...]
    took_ms: int
    facts: dict[str, str] = field(default_factory=dict)
    sources: DraftSources = field(default_factory=DraftSources)

    def drop_unlikely(self) -> CheckedDraft:
        """Return the draft with what is shown to people; programs get all, each with its chance."""
        shown = (one for one in self.findings if one.confidence >= SHOWN_FROM.get(one.kind, 0))
        return replace(self, findings=tuple(shown))

    def to_json(self) -> dict[str, Any]:
        """Return the contract's object, the file's name aside; all findings in reading order."""
        told = sorted([*self.findings, *self.sources.findings], key=lambda f: (f.start, f.end))
        return {
            "text": self.text,
            "findings": [finding.to_json() for finding in told],
            "sources": self.sources.to_json(),
            "checked": list(self.checked),
            "not_checked": list(self.not_checked),
            "took_ms": self.took_ms,
        }
