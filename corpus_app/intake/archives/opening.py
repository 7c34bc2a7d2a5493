"""Open an archive and, to a bounded depth, the archives in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import Limits, describe_bytes, get_limits
from corpus_app.intake.archives.kinds import ARCHIVE_SUFFIXES, find_kind
from corpus_app.intake.archives.members import Exhausted, Member, Meter
from corpus_app.intake.archives.unpacked import iter_unpacked
from corpus_app.intake.archives.zips import iter_zip


def open_archive(source: Path | bytes, name: str, limits: Limits | None = None) -> Iterator[Member]:
    """Return an iterator over all files in an archive; RejectedFile if it is none or too large.

    A member that cannot be had is yielded with its refusal. Where the rest of the archive cannot
    be read, the last member bears the archive's own name and the reason.
    """
    limits = limits or get_limits()
    kind = find_kind(source, name)
    if kind is None:
        raise RejectedFile("unsupported", _("这不是能够读取的压缩包。"))
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > limits.archive_bytes:
        values = {"size": describe_bytes(size), "limit": describe_bytes(limits.archive_bytes)}
        message = _("压缩包有 %(size)s，超过 %(limit)s 的上限，请分成几个再上传。")
        raise RejectedFile("too_large", message % values)
    return _iter_timed(source, kind, name, Meter(limits, size))


def _iter_timed(source: Path | bytes, kind: str, name: str, meter: Meter) -> Iterator[Member]:
    """Time counts only while unpacking, not while the reader works on a member."""
    members = _iter_members(source, kind, name, meter, 1)
    while True:
        meter.resume()
        try:
            member = next(members, None)
        except Exhausted as exhausted:
            yield Member(name, None, exhausted.refusal)
            return
        meter.pause()
        if member is None:
            return
        yield member


def _iter_members(
    source: Path | bytes, kind: str, name: str, meter: Meter, depth: int
) -> Iterator[Member]:
    def find_limit(path: str) -> int:
        """An archive in an archive may be larger than a single file; it is held in memory."""
        packed = path.lower().endswith(ARCHIVE_SUFFIXES)
        return meter.limits.unpacked_bytes if packed else meter.limits.file_bytes

    files = (
        iter_zip(source, meter, find_limit)
        if kind == "zip"
        else iter_unpacked(source, kind, name, meter, find_limit)
    )
    try:
        for member in files:
            inner = find_kind(member.data, member.path) if member.data else None
            if inner is None or member.data is None:
                yield member
            else:
                yield from _iter_nested(member.data, inner, member.path, meter, depth)
    except RejectedFile as refusal:
        yield Member(name, None, refusal)


def _iter_nested(data: bytes, kind: str, path: str, meter: Meter, depth: int) -> Iterator[Member]:
    if depth >= meter.limits.archive_depth:
        message = _("压缩包嵌套超过 %(depth)d 层，内层未读取，请解开后再上传。")
        values = {"depth": meter.limits.archive_depth}
        yield Member(path, None, RejectedFile("too_large", message % values))
        return
    for member in _iter_members(data, kind, path, meter, depth + 1):
        # The archive's own failure bears its own name already.
        label = path if member.path == path and member.refusal else f"{path}/{member.path}"
        yield Member(label, member.data, member.refusal)
