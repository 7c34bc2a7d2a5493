"""A file taken in: parsed in the sandbox, known or stored, its outcome noted."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import transaction

from corpus_app.catalog.uploads import clip_name, drop_unclaimed_bytes, hash_bytes, read_name
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.sandbox.client import LostError
from corpus_app.intake.importing.reading import read_beside_others
from corpus_app.intake.importing.storing import (
    ImportOutcome,
    IncomingFile,
    report_same_bytes,
    store_file,
)
from corpus_app.intake.manifests.recording import NOTHING_GIVEN, GivenMetadata
from corpus_app.intake.quality.holding import find_holds
from corpus_app.intake.sites.evidence import read_folder
from corpus_app.intake.text_reuse.duplicates import find_same_bytes
from corpus_app.intake.text_reuse.fingerprints import take_fingerprint

Settle = Callable[[ImportOutcome], None]


def import_bytes(
    data: bytes,
    name: str,
    *,
    user: User | None = None,
    draft: bool = False,
    given: GivenMetadata = NOTHING_GIVEN,
    settle: Settle | None = None,
    at_once: bool = False,
    group: str = "",
) -> ImportOutcome:
    """Store the file as a speech, published unless draft, or say why not; one transaction.

    What the parser has not understood stays a draft, whatever draft says, and the outcome says why.
    An import never changes the status of a speech that is there already: a corrected file
    becomes a new revision of a speech where their heads agree, and a text much like another
    waits as a draft. given stands before what is read of the file; on a speech that is known only
    a table's values are set, and none that a person set. settle notes the outcome, in the same
    transaction. The rest is as in read_beside_others; raises its NotAtOnceError and LostError.
    """
    folder, name, sha256 = read_folder(read_name(name)), clip_name(name), hash_bytes(data)
    known = find_same_bytes(sha256)
    if known is not None:
        return _settle_known(known, given, settle)
    try:
        parsed = read_beside_others(data, name, group, folder=folder, at_once=at_once)
    except LostError:
        raise  # nothing is said against the file
    except RejectedFile as refusal:
        return _settle(refuse(refusal), settle)
    fingerprint, holds = take_fingerprint(parsed.text), find_holds(parsed, given.values)
    as_draft = draft or bool(holds)
    incoming = IncomingFile(data, name, parsed, fingerprint, user, as_draft, holds, given)
    try:
        with transaction.atomic():
            return _settle(store_file(incoming, sha256), settle)
    except BaseException:
        drop_unclaimed_bytes(sha256)
        raise


def refuse(refusal: RejectedFile) -> ImportOutcome:
    """Return the outcome of a file that was refused."""
    return ImportOutcome("refused", None, None, refusal.message, refusal.code)


@transaction.atomic
def _settle_known(speech_id: int, given: GivenMetadata, settle: Settle | None) -> ImportOutcome:
    return _settle(report_same_bytes(speech_id, given), settle)


@transaction.atomic
def _settle(outcome: ImportOutcome, settle: Settle | None) -> ImportOutcome:
    if settle is not None:
        settle(outcome)
    return outcome
