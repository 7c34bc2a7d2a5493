"""Which row of a table is a file's: by its path, its name, or the sum of its bytes."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from corpus_app.intake.manifests.reading import ManifestRow, MetadataTable
from corpus_app.intake.manifests.recording import NOTHING_GIVEN, GivenMetadata


class FileRows:
    """The rows of a table by the files that they name, and which of them found one."""

    def __init__(self, manifest: MetadataTable) -> None:
        self.manifest = manifest
        self.used: set[int] = set()
        self._by_path: defaultdict[str, list[ManifestRow]] = defaultdict(list)
        self._by_sum: defaultdict[str, list[ManifestRow]] = defaultdict(list)
        for row in manifest.rows:
            if row.file_name:
                self._by_path[fold_path(row.file_name)].append(row)
            if row.sha256:
                self._by_sum[row.sha256].append(row)

    def find_row(
        self, paths: Iterable[str], sha256: str, is_alone: Callable[[str], bool]
    ) -> ManifestRow | None:
        """Return the row of the file that lies at one of these paths; None where none is its own.

        A name without a folder is a file's where is_alone says that no other file bears it. Of
        two rows that say different things of one file neither counts.
        """
        tried = list(dict.fromkeys(map(fold_path, paths)))
        found = [rows for path in tried if (rows := self._by_path.get(path))]
        if not found and tried:
            named = ((name, self._by_path.get(name)) for name in list_names(tried[0]))
            found = [rows for name, rows in named if rows and is_alone(name)]
        if not found and sha256:
            found = [rows for rows in [self._by_sum.get(sha256)] if rows]
        if not found:
            return None
        rows = found[0]
        self.used |= {row.line for row in rows}
        return rows[0] if all(row.values == rows[0].values for row in rows) else None

    def give(
        self, paths: Iterable[str], sha256: str, is_alone: Callable[[str], bool]
    ) -> GivenMetadata:
        """Return what the table gives for the file, which may be nothing; as find_row."""
        row = self.find_row(paths, sha256, is_alone)
        if row is None:
            return NOTHING_GIVEN
        return GivenMetadata(row.values, self.manifest.find_source(row.line))

    def list_troubles(self) -> list[str]:
        """Return in words, with its line, what of the table did no good."""
        named = _("第 %(line)d 行（%(label)s）：%(reason)s")
        told = []
        for row in self.manifest.rows:
            reasons = list(row.faults)
            if self._is_torn(row):
                reasons.append(_("同一文件的几行内容不同，都没有采用"))
            elif row.line not in self.used:
                reasons.append(_("没有对应的文件"))
            told += [
                named % {"line": row.line, "label": row.label, "reason": reason}
                for reason in reasons
            ]
        return told

    def _is_torn(self, row: ManifestRow) -> bool:
        rows = self._by_path.get(fold_path(row.file_name), []) if row.file_name else []
        return any(other.values != row.values for other in rows)


def fold_path(path: str) -> str:
    """Return a path as two spellings of it are compared.

    >>> fold_path(".\\\\甲\\\\Ａ.TXT") == fold_path("甲/Ａ.txt")
    True
    """
    plain = unicodedata.normalize("NFC", path.strip().replace("\\", "/")).casefold()
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    return "/".join(parts)


def list_names(path: str) -> list[str]:
    """Return the name of the file at a path as it is compared, then the same without its ending."""
    name = PurePosixPath(fold_path(path))
    return list(dict.fromkeys([name.name, name.stem]))
