"""Shapes and lines of an OpenDocument text that nobody sees for their size or place."""

from __future__ import annotations

from lxml import etree

from corpus_app.ingest.formats.looks import Ground
from corpus_app.ingest.formats.opendocument.looks import OdtStyles, read_points
from corpus_app.ingest.formats.opendocument.names import qualify
from corpus_app.ingest.formats.visibility import (
    HIDDEN_BY_STYLE,
    LARGEST_PAGE,
    OFF_PAGE,
    TOO_SMALL,
    Unseen,
    is_page_sized,
    is_too_small,
    lies_off,
)


def judge_shape(node: etree._Element, styles: OdtStyles) -> Unseen | None:
    """Return why a shape is not seen: it is hidden, has no size, or stands off the page."""
    if node.get(qualify("draw:display")) == "none":
        return HIDDEN_BY_STYLE
    chain = styles.list_chain("graphic", node.get(qualify("draw:style-name")) or "")
    width = read_points(node.get(qualify("svg:width")))
    height = read_points(node.get(qualify("svg:height")))
    if width is not None and is_too_small(width):
        return TOO_SMALL
    if height is not None and is_too_small(height) and not _grows(node, chain):
        return TOO_SMALL
    sides = (("x", "horizontal", width), ("y", "vertical", height))
    for side, direction, size in sides:
        start = read_points(node.get(qualify(f"svg:{side}")))
        of_page = _read(chain, f"style:{direction}-rel") == "page"
        end = (start or 0) + (size or LARGEST_PAGE)
        if start is not None and lies_off(start, end, of_page=of_page, across=side == "x"):
            return OFF_PAGE
    return None


def is_page_picture(frame: etree._Element | None, styles: OdtStyles) -> bool:
    """Return whether a frame is as large as a page, and no ground with words over it."""
    if frame is None:
        return False
    chain = styles.list_chain("graphic", frame.get(qualify("draw:style-name")) or "")
    sides = [read_points(frame.get(qualify(f"svg:{side}"))) for side in ("width", "height")]
    return is_page_sized(sides[0], sides[1]) and _read(chain, "style:run-through") != "background"


def find_ground(styles: OdtStyles, body: etree._Element) -> Ground:
    """Return what lies behind the text: a shape or picture may lie there."""
    names = {node.get(qualify("draw:style-name")) for node in body.iter()} - {None}
    chains = (styles.list_chain("graphic", str(name)) for name in names)
    behind = any(_read(chain, "style:run-through") == "background" for chain in chains)
    return "unknown" if behind else styles.page_ground


def judge_line_height(styles: OdtStyles, style: str) -> Unseen | None:
    """Return whether lines of a paragraph style have no height."""
    for node in styles.list_chain("paragraph", style):
        properties = node.find(qualify("style:paragraph-properties"))
        height = properties.get(qualify("fo:line-height")) if properties is not None else None
        if height is not None:
            points = read_points(height)
            return TOO_SMALL if points is not None and is_too_small(points) else None
    return None


def _grows(node: etree._Element, chain: list[etree._Element]) -> bool:
    """Whether a shape is as high as its words need."""
    box = node.find(qualify("draw:text-box"))
    if box is not None:
        return box.get(qualify("fo:min-height")) is not None
    return _read(chain, "draw:auto-grow-height") != "false"


def _read(chain: list[etree._Element], name: str) -> str | None:
    for style in chain:
        properties = style.find(qualify("style:graphic-properties"))
        value = properties.get(qualify(name)) if properties is not None else None
        if value is not None:
            return str(value)
    return None
