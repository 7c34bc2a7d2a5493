"""Import files or folders: parse, store, tag and index each of them."""

from __future__ import annotations

import contextlib
import json
import logging
import math
import sys
import uuid
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _, gettext_lazy
from tqdm import tqdm

from corpus_app.catalog.limits import GROUPS, LEVEL_NAMES, AccessLimit, read_limit
from corpus_app.catalog.records import note_reason
from corpus_app.catalog.uploads import hash_bytes, keep_upload, read_name
from corpus_app.ingest.draft import RejectedFile
from corpus_app.intake.archives import Member, is_archive, open_archive
from corpus_app.intake.exchange.importing import import_export, is_export
from corpus_app.intake.importing.files import import_bytes, refuse
from corpus_app.intake.importing.folders import list_files, read_file
from corpus_app.intake.importing.looking_ahead import AHEAD, WaitingFile, look_ahead
from corpus_app.intake.importing.storing import ImportOutcome
from corpus_app.intake.indexing import index_together
from corpus_app.intake.manifests.filing import FileRows, list_names
from corpus_app.intake.manifests.reading import read_manifest
from corpus_app.intake.manifests.recording import GivenMetadata
from corpus_app.intake.manifests.speeches import (
    find_speech_table,
    give_from_row,
    list_speeches,
    may_be_speeches,
)
from corpus_app.storage_trouble import describe_storage_trouble, name_storage_trouble

logger = logging.getLogger(__name__)

WORDS = {
    "imported": gettext_lazy("入库"),
    "duplicate": gettext_lazy("重复"),
    "near_duplicate": gettext_lazy("近似"),
    "refused": gettext_lazy("未收"),
}


class Command(BaseCommand):
    """Exit 0 when every file was taken or known, 1 when one was refused or none was found."""

    help = "导入讲话文稿（文件、文件夹或压缩包）：解析、入库、标注主题并更新索引。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the paths, the contract's switches, and who may see what comes in."""
        parser.add_argument("paths", nargs="+", metavar="PATH", help=_("文件、文件夹或压缩包"))
        parser.add_argument("--draft", action="store_true", help=_("存为草稿，不发布"))
        help_text = _(
            "元数据表（.csv、.tsv、.xlsx、.ods 或 .json，一行一个文件），其内容先于从文件读出的"
        )
        parser.add_argument("--manifest", metavar="TABLE", help=help_text)
        people = _("收回导出的语料时，账号（不含密码）与摘编也恢复")
        parser.add_argument("--people", action="store_true", help=people)
        levels = [name for level, name in LEVEL_NAMES.items() if level != GROUPS]
        help_text = _("可见范围：public 公开（默认）、members 登录可见、internal 仅供内部")
        parser.add_argument("--access", choices=levels, default="public", help=help_text)
        help_text = _("只对这个用户组开放，可写几次；与 --access 不同用")
        parser.add_argument("--group", action="append", metavar="NAME", help=help_text)
        parser.add_argument("--json", action="store_true", help=_("每个文件输出一个 JSON 对象"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Import every file; one that fails never stops the others."""
        limit = find_limit(options["access"], options["group"] or [])
        exports = list_exports(options["paths"], limit)
        files = list_files(path for path in options["paths"] if Path(path) not in exports)
        table = options["manifest"]
        beside = read_beside(Path(table), options["paths"], files) if table else None
        if beside is not None:
            files = [path for path in files if path.absolute() != Path(table).absolute()]
        counts: Counter[str] = Counter()
        bar = tqdm(files, unit=_("篇"), disable=not sys.stderr.isatty(), file=sys.stderr)
        with index_together() as gathering:
            switches = {name: options[name] for name in ("draft", "people")}
            for path in exports:
                for name, outcome in import_export(path, **switches):
                    counts[outcome.status] += 1
                    self._print(name, outcome, as_json=options["json"])
            for path, group in look_through(bar, files):
                options_of = ImportOptions(options["draft"], group, beside, limit)
                for name, outcome in import_all(path, options_of):
                    counts[outcome.status] += 1
                    with tqdm.external_write_mode(file=sys.stderr):
                        self._print(name, outcome, as_json=options["json"])
        if beside is not None:
            self._tell_manifest(beside.rows)
        if gathering.failed:
            self.stderr.write(
                _("文稿已入库，但索引未能更新；请运行 manage.py check_corpus --repair。")
            )
        if not options["json"]:
            self._print_summary(counts.total(), counts)
        if not counts or counts["refused"]:
            sys.exit(1)

    def _print(self, name: str, outcome: ImportOutcome, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(outcome.describe(name), ensure_ascii=False))
        else:
            self.stdout.write(f"[{WORDS[outcome.status]}] {name}：{outcome.message}")

    def _tell_manifest(self, rows: FileRows) -> None:
        told = list(rows.manifest.remarks)
        if rows.manifest.unknown:
            heads = _("、").join(rows.manifest.unknown)
            told.append(_("不认识的列，没有采用：%(heads)s") % {"heads": heads})
        for words in [*told, *rows.list_troubles()]:
            self.stderr.write(_("元数据表：%(words)s") % {"words": words})

    def _print_summary(self, total: int, counts: Counter[str]) -> None:
        if not total:
            self.stdout.write(_("没有找到可以导入的文件。"))
            return
        message = _(
            "共 %(total)d 个文件：入库 %(imported)d，重复 %(duplicate)d，"
            "近似（存为草稿待处理）%(near_duplicate)d，未收 %(refused)d。"
        )
        self.stdout.write(message % ({word: counts[word] for word in WORDS} | {"total": total}))


def find_limit(level: str, groups: list[str]) -> AccessLimit:
    """Return who may see what comes in; raises CommandError for no such group."""
    try:
        return read_limit(level, groups)
    except ValueError as fault:
        raise CommandError(str(fault)) from fault


def list_exports(paths: Iterable[str], limit: AccessLimit) -> list[Path]:
    """Return those paths that are exports; raise CommandError for a limit beside their own."""
    exports = [Path(path) for path in paths if is_export(Path(path))]
    if exports and limit != AccessLimit():
        message = _("导出的语料带有各篇的可见范围，收回时不能用 --access 或 --group 另定。")
        raise CommandError(message)
    return exports


def look_through(paths: Iterable[Path], files: list[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each path with the name of the group that the files make, once their lines are noted.

    A portion is noted before its first file comes: what they repeat is a page's own.
    """
    group = f"command:{uuid.uuid4().hex[:12]}" if len(files) > 1 else ""
    for number, path in enumerate(paths):
        if group and number % AHEAD == 0:
            look_ahead(_list_waiting(files[number : number + AHEAD]), group, math.inf)
        yield path, group


def _list_waiting(paths: Iterable[Path]) -> Iterator[WaitingFile]:
    for path in paths:
        with contextlib.suppress(RejectedFile):  # its own turn tells why
            if not (path.is_file() and is_archive(path, path.name)):
                sha256 = hash_bytes(read_file(path))
                inner = f"{path.parent.name}/{path.name}"
                yield WaitingFile(sha256, inner, partial(read_file, path))


@dataclass(frozen=True)
class FilesBeside:
    """The rows of a table beside files, and the folders that their paths may be relative to."""

    rows: FileRows
    folders: list[Path]
    # How many of the files bear a name.
    names: Counter[str]

    def give(self, path: Path, member: str, data: bytes) -> GivenMetadata:
        """Return what the table gives for a file, or for one (member) in an archive."""
        paths = list_relative(path, self.folders)
        if member:
            paths = [*(f"{one}/{member}" for one in paths), member]
        return self.rows.give(paths, hash_bytes(data), lambda name: self.names[name] <= 1)


def read_beside(table: Path, paths: Iterable[str], files: Iterable[Path]) -> FilesBeside:
    """Return the table of metadata beside the files; raises CommandError where it is none."""
    try:
        manifest = read_manifest(read_file(table), table.name)
    except RejectedFile as refusal:
        message = _("元数据表读不出来：%(reason)s") % {"reason": refusal.message}
        raise CommandError(message) from refusal
    folders = [*filter(Path.is_dir, map(Path, paths)), table.parent]
    names = Counter(name for path in files for name in list_names(str(path)))
    return FilesBeside(FileRows(manifest), folders, names)


def list_relative(path: Path, folders: Iterable[Path]) -> list[str]:
    """Return the file's path relative to each folder that it lies in, then as it was named."""
    whole = path.absolute()
    bases = (folder.absolute() for folder in folders)
    found = [str(whole.relative_to(base)) for base in bases if whole.is_relative_to(base)]
    return [read_name(one) for one in [*found, str(path)]]


@dataclass(frozen=True)
class ImportOptions:
    """How files are taken in: as drafts or not, in which group, and what a table says of them."""

    draft: bool
    group: str
    beside: FilesBeside | None = None
    limit: AccessLimit | None = None


def import_all(path: Path, options: ImportOptions) -> Iterator[tuple[str, ImportOutcome]]:
    """Yield what became of a file, or of each file in an archive, with its name.

    A file in an archive is named behind it (档案.zip/讲话.txt).
    """
    name = read_name(str(path))
    try:
        listed = list_members(path)
    except RejectedFile as refusal:
        yield name, refuse(refusal)
        return
    if listed is None:
        yield name, import_one(lambda: read_file(path), path, "", options)
        return
    empty = True
    try:
        for member in listed:
            empty = False
            whole = member.refusal is not None and member.path == path.name
            label = name if whole else f"{name}/{member.path}"
            read = partial(take_member, member)
            yield label, import_one(read, path, member.path, options)
    except RejectedFile as refusal:
        yield name, refuse(refusal)
        return
    if empty:
        yield name, refuse(RejectedFile("empty", _("压缩包里没有文件。")))


def list_members(path: Path) -> Iterable[Member] | None:
    """Return the files in an archive, or the speeches of a table with one a row; None for others.

    Of such a table each row is a file; the table's own bytes are kept among the received ones.
    Raises RejectedFile for a table of which it cannot be told where the words are.
    """
    if path.is_file() and is_archive(path, path.name):
        return open_archive(path, path.name)
    if not may_be_speeches(path.name):
        return None
    data = read_file(path)
    table = find_speech_table(data, path.name)
    if table is None:
        return None
    keep_upload(data, path.name, file_format="table")
    return list_speeches(table)


def import_one(
    read: Callable[[], bytes], path: Path, member: str, options: ImportOptions
) -> ImportOutcome:
    """Return what became of one file, or of one (member) in the archive at path.

    Whatever goes wrong is its outcome, not an exception.
    """
    name = member or f"{path.parent.name}/{path.name}"
    try:
        with note_reason(_("命令行导入")):
            data = read()
            given = give_from_row(data)
            if options.beside and not given.table:
                given = options.beside.give(path, member, data)
            given = replace(given, limit=options.limit)
            return import_bytes(data, name, draft=options.draft, given=given, group=options.group)
    except RejectedFile as refusal:
        return refuse(refusal)
    except Exception as error:
        logger.exception("Importing %s failed", name)
        trouble = name_storage_trouble(error)
        message = _("导入时程序出错，未入库：%(error)s") % {"error": error}
        if trouble is not None:
            message = _("未入库：%(reason)s") % {"reason": describe_storage_trouble(trouble)}
        return ImportOutcome("refused", None, None, message, "failed")


def take_member(member: Member) -> bytes:
    """Return the bytes of a file in an archive; raise RejectedFile where they cannot be had."""
    if member.data is None:
        raise member.refusal or RejectedFile("damaged", _("压缩包内的文件读不出来。"))
    return member.data
