"""A file read: by the approved rules, and beside the other files of its site."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from corpus_app.catalog.uploads import hash_bytes
from corpus_app.ingest.draft import Draft
from corpus_app.ingest.limits import get_limits
from corpus_app.ingest.sandbox.client import LostError
from corpus_app.ingest.sandbox.parsing import BusyError, parse_file
from corpus_app.ingest.sandbox.process import TimeUpError
from corpus_app.ingest.site import SiteEvidence
from corpus_app.intake.removal.touching import list_rules
from corpus_app.intake.sites.evidence import find_page, gather_evidence, note_page

# How long a sender waits for a page, in seconds: for the reading, and for a free reader before.
AT_ONCE_SECONDS: Final = 10
AT_ONCE_PATIENCE: Final = 2.0


class NotAtOnceError(Exception):
    """Reading the file takes longer than its sender should wait; nothing is said against it."""


def read_beside_others(
    data: bytes, name: str, group: str = "", *, folder: str = "", at_once: bool = False
) -> Draft:
    """Return the draft of a file as it reads beside the other files of its site and group.

    group names the files that came together, folder that of the file among them. A file that
    nobody noted before is read alone first, for that tells whose it is. Raises RejectedFile;
    LostError where the process that reads was lost, so that the file may be tried again. at_once
    is for a sender who waits: raises NotAtOnceError where reading takes too long for that.
    """
    parse = _parse_at_once if at_once else parse_by_rules
    sha256 = hash_bytes(data)
    page, draft = find_page(sha256), None
    if page is None or (group and not page.group):
        draft = parse(data, name, None)
        page = note_page(sha256, draft, group, folder)
    evidence = gather_evidence(page)
    return draft if draft and evidence is None else parse(data, name, evidence)


def parse_by_rules(data: bytes, name: str, evidence: SiteEvidence | None) -> Draft:
    """Return the draft of a file by the approved rules and what other files tell of it."""
    return parse_file(data, name, rules=list_rules(), evidence=evidence)


def _parse_at_once(data: bytes, name: str, evidence: SiteEvidence | None) -> Draft:
    """A file that has the full time is refused; one that was given less is not judged yet."""
    limits = get_limits()
    seconds = min(limits.seconds, AT_ONCE_SECONDS)
    try:
        return parse_file(
            data,
            name,
            replace(limits, seconds=seconds),
            rules=list_rules(),
            evidence=evidence,
            patience=AT_ONCE_PATIENCE,
        )
    except (BusyError, LostError) as error:
        raise NotAtOnceError from error
    except TimeUpError as error:
        if seconds == limits.seconds:
            raise
        raise NotAtOnceError from error
