"""Objects inside an OpenDocument text: formulas, charts and files, in parts of their own."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from lxml import etree

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.opendocument.names import qualify

ReadPart = Callable[[str], etree._Element | None]


class ObjectParts:
    """Finds the content of objects: inside the element, or in a part that read_part returns."""

    def __init__(self, read_part: ReadPart, root: etree._Element) -> None:
        self._read_part = read_part
        self._root = root

    def find(self, node: etree._Element) -> etree._Element | None:
        """Return the root of an object's content, None where it is no XML of this file."""
        inner = next((child for child in node if isinstance(child.tag, str)), None)
        if inner is not None and not str(inner.tag).endswith("binary-data"):
            return inner
        href = node.get(qualify("xlink:href")) or ""
        if not href or ":" in href:
            return None
        name = posixpath.normpath(posixpath.join("/", href)).lstrip("/")
        try:
            return self._read_part(f"{name}/content.xml")
        except RejectedFile:
            return None

    def describe_control(self, node: etree._Element) -> str:
        """Return the label and value of a form's control that a shape shows."""
        wanted = node.get(qualify("draw:control"))
        for control in self._root.iter():
            if isinstance(control.tag, str) and control.get(qualify("form:id")) == wanted:
                names = ("form:label", "form:current-value", "form:value", "form:name")
                return " ".join(filter(None, (control.get(qualify(name)) for name in names)))
        return ""


def read_object_words(root: etree._Element) -> str:
    """Return the words of paragraphs in an object's content, each once."""
    nodes = root.iter(qualify("text:p"), qualify("text:h"))
    paragraphs = ("".join(map(str, node.itertext())).strip() for node in nodes)
    return " ".join(dict.fromkeys(words for words in paragraphs if words))
