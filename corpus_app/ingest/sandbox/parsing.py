"""Parse a file from outside in the sandbox: what every upload, import and command goes through."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from corpus_app.ingest.draft import Draft, RejectedFile
from corpus_app.ingest.formats.extracted import Handover
from corpus_app.ingest.formats.outside import (
    check_outside,
    convert_outside,
    has_recogniser,
    recognise_pages,
)
from corpus_app.ingest.limits import Limits, check_size, get_limits
from corpus_app.ingest.removal_rules import RemovalRule
from corpus_app.ingest.sandbox.client import client
from corpus_app.ingest.sandbox.messages import SIZES, Answer, Request, read_record, write_record
from corpus_app.ingest.sandbox.process import Bounds, judge_ending
from corpus_app.ingest.site import SiteEvidence
from corpus_app.ingest.tables.rows import TableSheet

logger = logging.getLogger(__name__)
# Of one process; each may take the processor and the memory that a file is granted.
MOST_READERS: Final = 2
DAMAGED: Final = "文件已损坏：读取程序无法处理其内容。"


class BusyError(Exception):
    """The file cannot be read while its sender would wait."""


class Turns:
    """A number of places, given away in the order in which they are asked for."""

    def __init__(self, places: int) -> None:
        self._places = places
        self.clear()

    def clear(self) -> None:
        """Have all places free and nobody waiting, as a forked copy of the process begins."""
        self._free = self._places
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def take(self, patience: float | None = None) -> Iterator[None]:
        """Hold a place inside; raise BusyError where none is free within patience seconds."""
        turn = self._ask()
        if not turn.wait(patience) and not self._give_up(turn):
            raise BusyError
        try:
            yield
        finally:
            self._pass_on()

    def _ask(self) -> threading.Event:
        turn = threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                turn.set()
            else:
                self._waiting.append(turn)
        return turn

    def _give_up(self, turn: threading.Event) -> bool:
        """Leave the queue; return True where the turn came at the last moment."""
        with self._lock:
            if turn.is_set():
                return True
            self._waiting.remove(turn)
            return False

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


_turns: Final = Turns(MOST_READERS)
os.register_at_fork(after_in_child=_turns.clear)


def parse_file(
    data: bytes,
    name: str,
    limits: Limits | None = None,
    *,
    rules: Sequence[RemovalRule] = (),
    evidence: SiteEvidence | None = None,
    patience: float | None = None,
) -> Draft:
    """Return the draft of one file, parsed in a process of its own that the limits bound.

    Raises RejectedFile with the contract's code (TimeUpError where the time was up). Who waits for
    no more than patience seconds gets BusyError where no process came free, and where a program
    outside has to read the file; None waits for as long as it takes.
    """
    limits = limits or get_limits()
    check_size(len(data), limits)
    request = Request(name, limits, list(rules), evidence=evidence)
    with _turns.take(patience):
        try:
            draft, scanned = _parse(data, request)
        except Handover as handover:
            check_outside(handover)
            if patience is not None:
                raise BusyError from handover
            made, converted = convert_outside(data, limits, handover)
            draft = _parse(made, replace(request, converted=converted))[0]
        else:
            if scanned and has_recogniser():
                if patience is not None:
                    raise BusyError
                draft = _add_scanned(data, request, draft, scanned)
    draft.sha256 = hashlib.sha256(data).hexdigest()
    return draft


def parse_table(data: bytes, name: str, heads: Sequence[str]) -> list[TableSheet]:
    """Return the sheets of a table, read in a process of its own that the limits bound.

    heads are what its columns may be called. Raises RejectedFile.
    """
    limits = get_limits()
    check_size(len(data), limits)
    with _turns.take():
        sheets = _ask(data, Request(name, limits, [], heads=list(heads))).sheets
    if sheets is None:
        raise RejectedFile("damaged", DAMAGED)
    return sheets


def _add_scanned(data: bytes, request: Request, draft: Draft, scanned: Sequence[int]) -> Draft:
    """Return the draft with its scanned pages recognised, the draft itself where that fails."""
    try:
        made, converted = recognise_pages(data, request.limits, scanned)
        return _parse(made, replace(request, converted=converted))[0]
    except RejectedFile:
        logger.exception("Recognising pages of %r failed", request.name)
        return draft


def _parse(data: bytes, request: Request) -> tuple[Draft, list[int]]:
    """Return the draft, and the numbers of pages that a recogniser may read besides."""
    answer = _ask(data, request)
    if answer.draft is None:
        raise RejectedFile("damaged", DAMAGED)
    return answer.draft, answer.scanned


def _ask(data: bytes, request: Request) -> Answer:
    """Return what the sandbox answers, a draft or sheets; its refusals are raised."""
    record = write_record(request)
    limits = request.limits
    parts = [SIZES.pack(len(record), len(data)), record, data]
    answered, code = client.ask(parts, limits.seconds)
    judge_ending(code, Bounds.of(limits))
    try:
        answer = read_record(Answer, answered)
    except ValueError as error:
        raise RejectedFile("damaged", DAMAGED) from error
    if answer.handover is not None:
        raise Handover(*answer.handover)
    if answer.refused is not None:
        raise RejectedFile(*answer.refused)
    if answer.fault is not None:
        logger.error("Parsing %r failed in the sandbox:\n%s", request.name, answer.fault)
        raise RejectedFile("damaged", DAMAGED)
    return answer
