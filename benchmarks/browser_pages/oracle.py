"""What Chromium shows of a page: its laid out text, each piece judged by the pixels it changes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from PIL import Image, ImageChops
from playwright.sync_api import Page, sync_playwright

from benchmarks.browser_pages.families import BULLETS
from benchmarks.carrier_writers.programs import BROWSERS, find_program

_BEFORE: Final = ("::marker", "::before")
_STYLES: Final = ["visibility", "opacity", "font-size"]
# Of 255: what differs by less in its colour is seen by nobody.
FAINT: Final = 16
_TEXT_NODE: Final = 3


class Laid:
    """One document as the browser laid it out: its nodes, and the text of those that have any."""

    def __init__(self, document: dict[str, Any], strings: list[str]) -> None:
        nodes, layout = document["nodes"], document["layout"]
        self.strings = strings
        self.names = [strings[name] for name in nodes["nodeName"]]
        self.kinds, self.ids = nodes["nodeType"], nodes["backendNodeId"]
        self.values = [strings[value] if value >= 0 else "" for value in nodes["nodeValue"]]
        self.children: dict[int, list[int]] = {}
        for node, parent in enumerate(nodes["parentIndex"]):
            self.children.setdefault(parent, []).append(node)
        self.pieces: dict[int, list[int]] = {}
        self.texts = [strings[text] if text >= 0 else "" for text in layout["text"]]
        self.bounds = layout["bounds"]
        self.styles = [[strings[style] for style in one] for one in layout["styles"]]
        for piece, node in enumerate(layout["nodeIndex"]):
            if self.texts[piece].strip():
                self.pieces.setdefault(node, []).append(piece)

    def walk(self, node: int = 0) -> Iterator[int]:
        """Yield the nodes in the order in which a reader meets them."""
        yield node
        found = self.children.get(node, [])
        first = [child for child in found if self.names[child] in _BEFORE]
        last = [child for child in found if self.names[child] == "::after"]
        for child in (*first, *(one for one in found if one not in (*first, *last)), *last):
            yield from self.walk(child)


class Chromium:
    """A browser that says what a page shows; used as a context manager."""

    def __enter__(self) -> Chromium:
        self._driver = sync_playwright().start()
        self._browser = self._driver.chromium.launch(executable_path=find_program(BROWSERS))
        context = self._browser.new_context(
            viewport={"width": 1280, "height": 400}, locale="zh-CN", offline=True
        )
        self._page: Page = context.new_page()
        self._talk = context.new_cdp_session(self._page)
        self._talk.send("DOM.enable")
        return self

    def __exit__(self, *_: object) -> None:
        self._browser.close()
        self._driver.stop()

    def read(self, page: str) -> str:
        """Return the words that a page shows, without white space."""
        # A page written into another takes over how that was read, by old rules or by new ones.
        self._page.goto("about:blank")
        self._page.set_content(page)
        found = self._talk.send(
            "DOMSnapshot.captureSnapshot", {"computedStyles": _STYLES, "includePaintOrder": False}
        )
        self._talk.send("DOM.getDocument", {"depth": -1, "pierce": True})
        self._drawn = self._draw()
        laid = Laid(found["documents"][0], found["strings"])
        words = [
            laid.texts[piece]
            for node in laid.walk()
            for piece in laid.pieces.get(node, ())
            if self._shows(laid, node, piece)
        ]
        return "".join("".join(words).translate(BULLETS).split())

    def _shows(self, laid: Laid, node: int, piece: int) -> bool:
        value = laid.values[node]
        if laid.kinds[node] == _TEXT_NODE and any(map(_is_han, value)):
            return self._changes(laid.ids[node], value)
        left, top, width, height = laid.bounds[piece]
        shown, opaque, size = laid.styles[piece] or ("visible", "1", "")
        drawn = shown == "visible" and float(opaque) > 0 and size != "0px"
        return drawn and min(width, height, left + width, top + height) > 0

    def _changes(self, backend: int, value: str) -> bool:
        """Say whether other characters of the same width make another picture."""
        node = self._talk.send(
            "DOM.pushNodesByBackendIdsToFrontend", {"backendNodeIds": [backend]}
        )["nodeIds"][0]
        other = "".join("鬱" if _is_han(char) else char for char in value)
        self._talk.send("DOM.setNodeValue", {"nodeId": node, "value": other})
        drawn = self._draw()
        self._talk.send("DOM.setNodeValue", {"nodeId": node, "value": value})
        if drawn.size != self._drawn.size:
            return True
        bands = ImageChops.difference(drawn, self._drawn).split()
        return any(sum(band.histogram()[FAINT:]) for band in bands)

    def _draw(self) -> Image.Image:
        drawn = self._page.screenshot(full_page=True, animations="disabled", caret="hide")
        return Image.open(io.BytesIO(drawn)).convert("RGB")


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
