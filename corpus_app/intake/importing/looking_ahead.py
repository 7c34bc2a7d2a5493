"""The lines of files that wait, noted before the first of them is taken in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.sandbox.parsing import parse_file
from corpus_app.intake.models import SitePage
from corpus_app.intake.removal.touching import list_rules
from corpus_app.intake.sites.evidence import note_page, read_folder

# So many files ahead: what those behind them share is noted by then.
AHEAD: Final = 100
# After so long the file whose turn it is comes first; the next one goes on looking.
SECONDS: Final = 60.0


@dataclass(frozen=True)
class WaitingFile:
    """A file that will be taken in: the sha256 of its bytes, its path, and the way to the bytes."""

    sha256: str
    name: str
    read: Callable[[], bytes]


def look_ahead(files: Iterable[WaitingFile], group: str, seconds: float = SECONDS) -> int:
    """Note the lines of files that nobody noted; return how many were read.

    A row is made before the file is read: one that ends the process is not read ahead again.
    """
    waiting = list(files)
    known = SitePage.objects.filter(sha256__in=[file.sha256 for file in waiting])
    known_shas = set(known.values_list("sha256", flat=True))
    rules, deadline, count = list_rules(), time.monotonic() + seconds, 0
    for file in waiting:
        if file.sha256 in known_shas or time.monotonic() > deadline:
            continue
        known_shas.add(file.sha256)
        SitePage.objects.get_or_create(sha256=file.sha256, defaults={"group": group})
        count += 1
        try:
            draft = parse_file(file.read(), file.name, rules=rules)
            note_page(file.sha256, draft, group, read_folder(file.name))
        except (RejectedFile, FileNotFoundError):
            continue  # its own turn tells why
    return count
