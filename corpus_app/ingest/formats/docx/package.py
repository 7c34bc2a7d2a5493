"""The parts of a Word package and the relations between them."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.elements import ElementTable
from corpus_app.ingest.formats.package import check_package, parse_part, read_member
from corpus_app.ingest.limits import Limits

LABEL = "Word 文档"
USUAL_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part leads to: the last word of the relation's type, a member or an address."""

    kind: str
    target: str
    external: bool


class LoneDocument:
    """A document without parts beside it: what Word 2003 writes as one XML file."""

    main = ""

    def parse(self, name: str) -> etree._Element | None:
        """Return the root of a part, None where there is no such part."""
        return None

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part, None where there is no such part."""
        return None

    def list_relations(self, part: str) -> dict[str, Relation]:
        """Return what a part leads to, by the names it uses for them."""
        return {}

    def find_related(self, kind: str) -> list[str]:
        """Return the parts of a kind ("header") that the document leads to."""
        relations = self.list_relations(self.main).values()
        return list(dict.fromkeys(r.target for r in relations if r.kind == kind and not r.external))


class WordPackage(LoneDocument):
    """An open package; raises "damaged", "unsupported" or "too_large" where it cannot be read."""

    def __init__(self, data: bytes, limits: Limits, table: ElementTable) -> None:
        check_package(data, limits, LABEL)
        self._package = zipfile.ZipFile(io.BytesIO(data))
        self._table = table
        self._relations: dict[str, dict[str, Relation]] = {}
        self.main = self._find_main()

    def parse(self, name: str) -> etree._Element | None:
        data = read_member(self._package, name)
        return None if data is None else parse_part(self._table.unify(data), LABEL)

    def read(self, name: str) -> bytes | None:
        return read_member(self._package, name)

    def list_relations(self, part: str) -> dict[str, Relation]:
        if part not in self._relations:
            self._relations[part] = dict(self._iter_relations(part))
        return self._relations[part]

    def _find_main(self) -> str:
        roots = self.list_relations("").values()
        named = [root.target for root in roots if root.kind == "officeDocument"]
        members = set(self._package.namelist())
        for name in (*named, USUAL_MAIN):
            if name in members:
                return name
        raise RejectedFile("damaged", f"{LABEL}已损坏：没有正文部分。")

    def _iter_relations(self, part: str) -> Iterator[tuple[str, Relation]]:
        folder, name = posixpath.split(part)
        root = self.parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        for node in root if root is not None else ():
            target = unquote(node.get("Target") or "") if isinstance(node.tag, str) else ""
            if not target:
                continue
            external = node.get("TargetMode") == "External"
            if not external:
                # Names lead to members of this package alone, wherever they claim to point.
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = (node.get("Type") or "").rstrip("/").rpartition("/")[2]
            yield node.get("Id") or "", Relation(kind, target, external)
