"""Where laws are loaded from: a folder of text or Markdown files, or an archive of one.

A table metadata.tsv beside the files (columns id, title, date) gives title and date of id.txt;
without it they are read from the file itself.
"""

from __future__ import annotations

import csv
import io
import lzma
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from corpus_app.laws.texts import LawText, join_parts, read_law, read_named_date

_SUFFIXES: Final = {".txt", ".md"}
_TABLE: Final = "metadata.tsv"
# No law is so long; what is larger is left out with a word.
MOST_BYTES: Final = 10_000_000


class UnreadableSourceError(Exception):
    """What was named is no folder, file or archive that can be read."""


@dataclass(slots=True)
class LawSource:
    """The laws found, by title and day; left are the files that no law was read from, by name."""

    texts: dict[tuple[str, str], LawText] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def add(self, name: str, text: LawText | None) -> None:
        """Take a file's law in; files of one law and day are parts of it."""
        if text is None or not text.articles:
            self.left.append(name)
            return
        key = text.title, text.day
        self.texts[key] = join_parts(self.texts[key], text) if key in self.texts else text


def read_source(path: Path) -> LawSource:
    """Return the laws of a folder, a file or a .tar archive (.gz, .xz and .bz2 too).

    Raises UnreadableSourceError where the path is none of these.
    """
    files: dict[str, bytes] = {}
    source = LawSource()
    try:
        for name, data in _read_files(path):
            if data is None:
                source.left.append(name)
            else:
                files[name] = data
    except (OSError, tarfile.TarError, EOFError, lzma.LZMAError) as error:
        raise UnreadableSourceError(str(error)) from error
    table = _read_table(files)
    # In the order of their names, so that the same files give the same laws.
    for name, data in sorted(files.items()):
        stem = PurePosixPath(name).stem
        if PurePosixPath(name).name == _TABLE or stem.lower() == "readme":
            continue
        title, day = table.get(stem, ("", read_named_date(name)))
        try:
            source.add(name, read_law(data.decode("utf-8-sig"), title=title, day=day))
        except UnicodeDecodeError:
            source.left.append(name)
    return source


def _read_files(path: Path) -> Iterator[tuple[str, bytes | None]]:
    """Yield (name, bytes) of each file of interest, None for the bytes of one that is too large."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and _is_wanted(file.name):
                small = file.stat().st_size <= MOST_BYTES
                yield file.relative_to(path).as_posix(), file.read_bytes() if small else None
        return
    if path.suffix in _SUFFIXES:
        yield path.name, path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
        return
    with tarfile.open(path) as archive:
        for member in archive:
            if not member.isfile() or not _is_wanted(member.name):
                continue
            content = archive.extractfile(member) if member.size <= MOST_BYTES else None
            yield member.name, content.read() if content else None


def _is_wanted(name: str) -> bool:
    return PurePosixPath(name).suffix in _SUFFIXES or PurePosixPath(name).name == _TABLE


def _read_table(files: dict[str, bytes]) -> dict[str, tuple[str, str]]:
    """Return title and date by the name of a file, from the table beside the files."""
    found: dict[str, tuple[str, str]] = {}
    for name, data in files.items():
        if PurePosixPath(name).name == _TABLE:
            words = data.decode("utf-8-sig", "replace")
            rows = csv.DictReader(io.StringIO(words), delimiter="\t", quoting=csv.QUOTE_NONE)
            for row in rows:
                day = read_named_date(f"({row.get('date')})")
                found[row.get("id") or ""] = row.get("title") or "", day
    return found
