"""Files that are kept under a speech though their heads say that they are another one's.

Release 0.1.0 took a file for a state of a speech by its name and its likeness alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from corpus_app.catalog.identity import Agreement, Head, HeadComparison, compare_heads
from corpus_app.catalog.models import Revision, Speech, Upload
from corpus_app.catalog.models.marker import read_marker, set_marker
from corpus_app.catalog.uploads import read_upload
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.sandbox.parsing import parse_file
from corpus_app.intake.models import Joining
from corpus_app.intake.removal.touching import list_rules

_CONFIRMED: Final = "one_speech/"


@dataclass(frozen=True)
class ForeignFile:
    """A file of another head: "replaced" the speech's text, or was "dropped" as its copy.

    number is the first revision that the file made, 0 for a copy; head is the file's, and the
    comparison's first.
    """

    kind: Literal["replaced", "dropped"]
    speech: Speech
    upload: Upload
    number: int
    head: Head
    comparison: HeadComparison


def find_replacing(speech: Speech) -> list[ForeignFile]:
    """Return the files that made a revision though their head contradicts the first file's.

    What an editor merged, or confirmed to be one speech, is left out; no file is read.
    """
    rows = speech.revisions.filter(origin=Revision.Origin.PARSED).order_by("number")
    parsed = list(rows.select_related("upload").defer("raw", "text"))
    if len(parsed) < 2:
        return []
    first, *others = parsed
    merged = _list_merged(speech)
    head = Head.of_metadata(first.metadata)
    found: dict[int, ForeignFile] = {}
    for revision in others:
        # An import names its file as the reason; what an editor merged bears none.
        by_hand = not revision.reason or revision.pk in merged
        if by_hand or revision.upload_id in found or revision.upload_id == first.upload_id:
            continue
        own = Head.of_metadata(revision.metadata)
        compared = compare_heads(own, head)
        if compared.agreement is Agreement.CONTRADICT and not is_confirmed(revision.upload):
            number, upload = revision.number, revision.upload
            found[upload.pk] = ForeignFile("replaced", speech, upload, number, own, compared)
    return list(found.values())


def find_dropped(speech: Speech) -> Iterator[ForeignFile]:
    """Yield the files kept as copies whose head contradicts the speech's; each is read anew."""
    for upload in speech.copies.order_by("pk"):
        if is_confirmed(upload) or (head := read_head(upload)) is None:
            continue
        compared = compare_heads(head, Head.of_speech(speech))
        if compared.agreement is Agreement.CONTRADICT:
            yield ForeignFile("dropped", speech, upload, 0, head, compared)


def read_head(upload: Upload) -> Head | None:
    """Return the head of a received file as the parser reads it now; None where it cannot."""
    try:
        draft = parse_file(read_upload(upload), upload.name, rules=list_rules())
    except (RejectedFile, FileNotFoundError):
        return None
    return Head.of_metadata(draft.to_json())


def confirm(upload: Upload) -> None:
    """Note that an editor knows the file to be of its speech, whatever its head says."""
    set_marker(f"{_CONFIRMED}{upload.pk}", True)


def is_confirmed(upload: Upload) -> bool:
    """Return whether an editor has said that the file is of its speech."""
    return bool(read_marker(f"{_CONFIRMED}{upload.pk}"))


def _list_merged(speech: Speech) -> set[int]:
    states = Joining.objects.filter(speech=speech, parted_at=None).values_list("state", flat=True)
    return {pk for state in states for pk, _number in state["revisions"]}
