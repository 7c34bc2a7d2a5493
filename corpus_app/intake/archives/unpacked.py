"""Members of .tar, .7z and .rar files, unpacked by a bounded process into a private folder."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import NoReturn

from django.utils.translation import gettext as _

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import MEGABYTE
from corpus_app.ingest.readers import find_reader
from corpus_app.ingest.sandbox import unpacker
from corpus_app.ingest.sandbox.process import Bounds, open_folder, run_worker
from corpus_app.intake.archives.members import (
    Exhausted,
    Member,
    Meter,
    clean_path,
    is_junk,
    refuse_damaged,
    refuse_encrypted,
    refuse_link,
    refuse_size,
)

WORKER = "corpus_app.ingest.sandbox.unpacker"


def iter_unpacked(
    source: Path | bytes, kind: str, name: str, meter: Meter, find_limit: Callable[[str], int]
) -> Iterator[Member]:
    """Yield the files of a "tar", "gz", "xz", "bz2", "7z" or "rar" archive.

    Raises RejectedFile where not one can be read, Exhausted where a bound of the whole is met.
    """
    if kind in {"7z", "rar"} and not find_reader("libarchive").found:
        message = _("本机没有 libarchive，不能读取 .7z 和 .rar，请改用 .zip 重新打包。")
        raise RejectedFile("unsupported", message)
    with open_folder() as folder:
        file = folder / "archive"
        _place(source, file)
        stopped = _run(kind, folder, meter)
        lines = _read_list(folder / "printed")
        if not lines and stopped is not None:
            raise stopped
        for path, number, reason in lines:
            if reason in unpacker.ENDINGS:
                _end(reason, meter)
            label = clean_path(path or PurePath(name).stem)
            meter.count_member()
            if not is_junk(label):
                yield _take(label, number, reason, folder, meter, find_limit)
        if stopped is not None:
            raise Exhausted(stopped.message)


def _place(source: Path | bytes, file: Path) -> None:
    if isinstance(source, bytes):
        file.write_bytes(source)
        return
    try:
        os.link(source.resolve(), file)
    except OSError:  # another disk
        shutil.copyfile(source, file)


def _run(kind: str, folder: Path, meter: Meter) -> RejectedFile | None:
    """Return why the process was stopped; what it listed until then is sound."""
    limits = meter.limits
    largest = max(limits.file_bytes, limits.unpacked_bytes)
    left = max(1, limits.archive_members - meter.members)
    figures = (largest, left, max(1, meter.bytes_left))
    seconds = max(1, int(meter.seconds_left))
    bounds = Bounds(seconds, limits.memory_bytes, largest + MEGABYTE)
    try:
        run_worker(WORKER, [kind, "archive", *map(str, figures)], folder, bounds)
    except RejectedFile as refusal:
        if refusal.code == "damaged":
            return RejectedFile("damaged", _("压缩包已损坏，无法打开。"))
        message = _("解压所需的时间或内存超过上限，其余未读取，请分批上传。")
        return RejectedFile(refusal.code, message)
    return None


def _read_list(printed: Path) -> list[tuple[str, int | None, str]]:
    lines = []
    for line in printed.read_text("utf-8", "replace").splitlines():
        try:
            name, number, reason = json.loads(line)
        except ValueError:  # the process was stopped in the middle of a line
            break
        lines.append((name, number, reason))
    return lines


def _end(reason: str, meter: Meter) -> NoReturn:
    """The last line says why the archive was not read to its end."""
    if reason == unpacker.COUNT:
        meter.members = meter.limits.archive_members
        meter.count_member()
    if reason == unpacker.TOTAL:
        meter.count_bytes(meter.bytes_left + 1)
    if reason == unpacker.LOCKED:
        raise RejectedFile("unsupported", _("压缩包设有密码，请解除密码后再上传。"))
    raise RejectedFile("damaged", _("压缩包已损坏，后面的文件读不出来。"))


def _take(
    label: str,
    number: int | None,
    reason: str,
    folder: Path,
    meter: Meter,
    find_limit: Callable[[str], int],
) -> Member:
    limit = find_limit(label)
    if number is None:
        known = {unpacker.LINK: refuse_link, unpacker.ENCRYPTED: refuse_encrypted}
        refusal = refuse_size(limit) if reason == unpacker.LARGE else None
        return Member(label, None, refusal or known.get(reason, refuse_damaged)())
    data = (folder / str(number)).read_bytes()
    meter.count_bytes(len(data))
    (folder / str(number)).unlink()
    return Member(label, data) if len(data) <= limit else Member(label, None, refuse_size(limit))
