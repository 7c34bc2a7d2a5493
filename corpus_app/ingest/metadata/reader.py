"""Reading the lines above and below a speech into metadata and the spans they took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus_app.ingest.certainty.head_reading import HeadReading
from corpus_app.ingest.certainty.logistic import Signs
from corpus_app.ingest.certainty.probabilities import find_doubtful, list_signs, take_back
from corpus_app.ingest.draft import Metadata, Notice, Removed
from corpus_app.ingest.formats.extracted import Statement
from corpus_app.ingest.labelling.model import load_model
from corpus_app.ingest.labelling.reading import (
    LabelledPage,
    chain_features,
    label_features,
    label_flatly,
)
from corpus_app.ingest.labelling.second_reader import load_second_reader
from corpus_app.ingest.labelling.units import Page, Unit, cut_page
from corpus_app.ingest.labelling.wrapping import join_wrapped
from corpus_app.ingest.layout import INLINE_KINDS
from corpus_app.ingest.metadata.addresses import read_address
from corpus_app.ingest.metadata.assembly import Assembly
from corpus_app.ingest.metadata.keys import read_front_line
from corpus_app.ingest.metadata.label_values import apply_labels
from corpus_app.ingest.metadata.labels import read_labels
from corpus_app.ingest.metadata.persons import tell_person
from corpus_app.ingest.metadata.sittings import is_day
from corpus_app.ingest.metadata.statements import apply_statements, survey
from corpus_app.ingest.metadata.witness import read_values, witness
from corpus_app.ingest.metadata.wrapper import find_speech
from corpus_app.ingest.metadata.zones import list_zones, mark_unit
from corpus_app.ingest.rule_files import read_rules
from corpus_app.ingest.site import SiteEvidence

# Formats that people type in, so that a bare day is the speech's, no machine's.
TYPED: Final = frozenset({"docx", "doc", "odt", "rtf"})
# Longer spans that were taken out are no lines of labels.
LONGEST_TAKEN: Final = 400


@dataclass(frozen=True, slots=True)
class ReadHead:
    """What the lines of a file say about the speech, the spans they stand in, and the doubts.

    spans have the kind "title" or "metadata" where a value was read, "unread" where a line was
    not understood, others for what is the page's own. signs are those of each value by field;
    its evidence tells the chance of its labels, not yet what that is worth.
    """

    meta: Metadata
    spans: list[Removed]
    reading: HeadReading
    signs: dict[str, Signs]
    notices: tuple[Notice, ...] = ()


def read_head(
    raw: str,
    removed: Sequence[Removed],
    stated: Sequence[Statement] = (),
    evidence: SiteEvidence | None = None,
    origin: str = "txt",
) -> ReadHead:
    """Return what the lines of raw say about the speech; a value probably wrong is left unsaid.

    stated is what the format says of its page, evidence what other files of the site tell, origin
    the format that raw was taken from. removed is sorted; the new spans lie outside it.
    """
    meta = Metadata()
    page = join_wrapped(cut_page(raw, removed))
    first = find_speech(page.units)
    wrapper = [s for unit in page.units[:first] for s in mark_unit(raw, unit, "wrapper", "header")]
    last = find_notes(page)
    kept = Page(page.units[first:last], max(0, min(page.head, last) - first))
    around = survey(stated, evidence)
    features = chain_features(kept, around)
    labelled = label_features(kept, features, around, load_model())
    typed = origin in TYPED
    assembly = Assembly(meta, labelled, typed=typed)
    assembly.read()
    for span in removed:
        if len(span.text) <= LONGEST_TAKEN and span.kind not in INLINE_KINDS:
            _read_removed(meta, span)
    _read_wrapper(meta, page.units[:first])
    apply_statements(meta, stated)
    read_address(meta, raw)
    second = label_flatly(kept, features, around, load_second_reader())
    reading = HeadReading(
        labelled, assembly.title, second.labels, _read_second(second, typed=typed), stated
    )
    signs = list_signs(meta, reading)
    used = assembly.used | dict.fromkeys(_take_doubtful(meta, signs, reading), "unread")
    spans = [*wrapper, *list_zones(raw, labelled, used, assembly.title)]
    spans.sort(key=lambda span: span.start)
    return ReadHead(meta, spans, reading, signs)


def _take_doubtful(meta: Metadata, signs: dict[str, Signs], reading: HeadReading) -> set[int]:
    """Leave unsaid what is probably wrong; return the places of lines that bear nothing else.

    What stands above a subtitle is its title, however little it looks like one.
    """
    left: set[int] = set()
    for name in find_doubtful(signs):
        if name == "title" and meta.subtitle:
            continue
        left.update(reading.find_places(meta.evidence[name]))
        take_back(meta, name)
    for found in meta.evidence.values():
        left.difference_update(reading.find_places(found))
    return left


def _read_wrapper(meta: Metadata, units: Sequence[Unit]) -> None:
    """Read when the words above the speech's own title were sent or published."""
    for unit in units:
        with witness(meta, [unit], "header"):
            apply_labels(meta, [pair for pair in read_labels(unit.text) if pair[0] == "published"])


def _read_second(page: LabelledPage, *, typed: bool) -> dict[str, str]:
    """Return what is read from the lines as the second reader has labelled them."""
    meta = Metadata()
    Assembly(meta, page, typed=typed).read()
    return read_values(meta)


def find_notes(page: Page) -> int:
    """Return the place of the notes where a signature stands above them, else after the last unit.

    Notes are part of the text, and the signature above them is the foot.
    """
    words = tuple(read_rules("outline")["notes"]["words"])
    for place in range(max(1, page.head if not page.whole else 1), len(page.units)):
        above = page.units[place - 1].text
        if page.units[place].text.startswith(words) and (is_day(above) or tell_person(above)):
            return place
    return len(page.units)


def _read_removed(meta: Metadata, span: Removed) -> None:
    """Read labels such as 原文链接 from a line that was already removed as noise."""
    wanted = ["url", "source", "published", "updated"]
    front = span.rule.endswith("front matter")
    wanted += (
        ["author", "speaker", "organisation", "delivered", "role", "occasion"] if front else []
    )
    at = span.start
    for row in span.text.splitlines(keepends=True):
        line = Unit(row.strip(), ((at, at + len(row.rstrip())),))
        at += len(row)
        pairs = read_front_line(line.text) if front else read_labels(line.text)
        with witness(meta, [line], "notice"):
            apply_labels(meta, [pair for pair in pairs if pair[0] in wanted])
