"""What a parse yields: a Draft, the value every later stage stores or shows."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

RefusalCode = Literal["empty", "undecodable", "unsupported", "damaged", "too_large", "no_text"]
SectionKind = Literal["opening", "section", "subsection", "point", "closing"]
Completeness = Literal["complete", "gapped", "truncated"]
Precision = Literal["day", "month", "year"]
# The dates that a speech may bear, the one that counts first before the others.
DATES: Final = ("delivered", "published", "updated")


class RejectedFile(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """A file that cannot become a speech; carries a contract code and a Chinese message."""

    def __init__(self, code: RefusalCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as its source: value "2024", "2024-04" or "2024-04-05"."""

    value: str
    precision: Precision


@dataclass(frozen=True, slots=True)
class Removed:
    """A span raw[start:end] that is not the speech's body; rule names the step that took it."""

    kind: str
    text: str
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A place in the text (offset) where the source hides or drops words."""

    kind: Literal["paywall", "hidden", "truncated"]
    offset: int
    hidden_chars: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """ "讲四点意见" against the sections found; missing lists ordinals."""

    text: str
    expected: int
    found: int
    missing: list[int]


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline; text[start:end] covers heading, body and children.

    ordinal is null for an unnamed section (its heading is lost in a gap); heading is the
    heading's text without its marker, null where there is none.
    """

    id: str
    parent: str | None
    kind: SectionKind
    marker: str | None
    ordinal: int | None
    heading: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SloganMention:
    """A set expression and the places [start, end) in the text where it stands.

    offered is false for quoted words that the text does not take up as its own: they are listed,
    and no slogan is made of them.
    """

    text: str
    kind: Literal["counted", "quoted", "parallel"]
    mentions: list[tuple[int, int]]
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Suspect:
    """A likely slip in standard wording: flagged, never changed."""

    text: str
    suggestion: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of the parse should look at; start/end into text or null."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a value was read from: raw[start:end] with the words, null where no place bears it.

    rule names how: "header", "footer" or "notice" for lines, "opening", "organs" or "wording"
    for words of the text, "from_title" and the like for another field, "composed" for none.
    probability says how likely the value is right, 0 to 1; null where nothing measured it.
    """

    start: int | None
    end: int | None
    text: str
    rule: str
    probability: float | None = None


@dataclass(slots=True)
class Metadata:
    """What the header, signature and wording of a speech say about it; null beats wrong."""

    title: str | None = None
    subtitle: str | None = None
    title_inferred: bool = False
    speaker: str | None = None
    speaker_role: str | None = None
    organisation: str | None = None
    occasion: str | None = None
    place: str | None = None
    level: str | None = None
    genre: str | None = None
    dates: dict[str, PartialDate] = field(default_factory=dict)
    source_name: str | None = None
    source_url: str | None = None
    # By field: title … genre, delivered, published, updated, source, source_url.
    evidence: dict[str, Evidence] = field(default_factory=dict)

    @property
    def day(self) -> str:
        """Return the best known date as precise as its source, or an empty string."""
        return next((self.dates[name].value for name in DATES if name in self.dates), "")


@dataclass(slots=True)
class Draft:
    """One parsed file; to_json() is the object that the contract fixes."""

    file: str
    sha256: str
    encoding: str
    format: str
    raw: str
    metadata: Metadata
    text: str
    removed: list[Removed]
    completeness: Completeness
    gaps: list[Gap]
    announced: list[Announcement]
    sections: list[Section]
    slogans: list[SloganMention]
    suspects: list[Suspect]
    notices: list[Notice]
    # What on the page itself names its site, where neither address nor source does; "" for none.
    site: str = ""
    # How likely the text is exactly the speech, and its least likely line; null if nobody weighed.
    text_evidence: Evidence | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the contract's JSON object for this draft (keys as in parse_speech)."""
        meta = asdict(self.metadata)
        source = {"name": meta.pop("source_name"), "url": meta.pop("source_url")}
        lists = {
            name: [asdict(entry) for entry in getattr(self, name)]
            for name in ("removed", "gaps", "announced", "sections", "suspects", "notices")
        }
        slogans = [
            {
                "text": s.text,
                "kind": s.kind,
                "mentions": [list(m) for m in s.mentions],
                "offered": s.offered,
            }
            for s in self.slogans
        ]
        own = {k: getattr(self, k) for k in ("file", "sha256", "encoding", "format", "raw")}
        return {
            **own,
            **meta,
            "source": source,
            "text": self.text,
            "text_evidence": asdict(self.text_evidence) if self.text_evidence else None,
            "completeness": self.completeness,
            "site": self.site,
            **lists,
            "slogans": slogans,
        }
