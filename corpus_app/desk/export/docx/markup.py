"""Elements of WordprocessingML, made in one line each."""

from __future__ import annotations

import re
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# What XML 1.0 can't hold; a text from a file may have it.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def make(tag: str, *children: Any, **attributes: object) -> Any:
    """Return the element w:tag with w: attributes and children."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    for child in children:
        element.append(child)
    return element


def make_text(words: str, *properties: Any) -> Any:
    """Return a run of words with the run properties given."""
    text = make("t")
    text.text = clean_text(words)
    text.set(qn("xml:space"), "preserve")
    run = make("r", text)
    if properties:
        run.insert(0, make("rPr", *properties))
    return run


def clean_text(words: str) -> str:
    """Return the words without what XML can't hold."""
    return _FORBIDDEN.sub("", words)
