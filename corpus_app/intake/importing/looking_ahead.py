"""The lines of files that wait, noted before the first of them is taken in."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from corpus_app.ingest.draft import Draft, RejectedFile
from corpus_app.ingest.removal_rules import RemovalRule
from corpus_app.ingest.sandbox.parsing import MOST_READERS, parse_file
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
    waiting: dict[str, WaitingFile] = {}
    for file in files:
        waiting.setdefault(file.sha256, file)
    known = SitePage.objects.filter(sha256__in=waiting)
    for sha256 in known.values_list("sha256", flat=True):
        del waiting[sha256]
    rules, deadline, count = list_rules(), time.monotonic() + seconds, 0
    with ThreadPoolExecutor(MOST_READERS) as readers:
        for file, reading in _read_beside(readers, list(waiting.values()), group, rules, deadline):
            count += 1
            with suppress(RejectedFile, FileNotFoundError):  # its own turn tells why
                note_page(file.sha256, reading.result(), group, read_folder(file.name))
    return count


def _read_beside(
    readers: ThreadPoolExecutor,
    files: list[WaitingFile],
    group: str,
    rules: list[RemovalRule],
    deadline: float,
) -> Iterator[tuple[WaitingFile, Future[Draft]]]:
    """Yield the files in their order, as many of them being read as there are readers."""
    begun: deque[tuple[WaitingFile, Future[Draft]]] = deque()
    for file in files:
        if time.monotonic() > deadline:
            break
        SitePage.objects.get_or_create(sha256=file.sha256, defaults={"group": group})
        begun.append((file, readers.submit(_parse, file, rules)))
        if len(begun) > MOST_READERS:
            yield begun.popleft()
    yield from begun


def _parse(file: WaitingFile, rules: list[RemovalRule]) -> Draft:
    return parse_file(file.read(), file.name, rules=rules)
