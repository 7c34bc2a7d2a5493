"""Looking at a page: screenshots at two widths and two themes, and the axe audit."""

from __future__ import annotations

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.places import ROOT

SCREENSHOTS = ROOT / "tests" / "screenshots"
SIZES = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 390, "height": 844}}
AXE = Axe()
# No style moves by itself: what the next frame shows is how the page looks.
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def audit(page: Page) -> None:
    """Fail with the rules and places of every accessibility violation axe finds."""
    violations = AXE.run(page).response["violations"]
    told = [
        f"{violation['id']}: {violation['help']} at {violation['nodes'][0]['target']} "
        f"({len(violation['nodes'])} places)"
        for violation in violations
    ]
    assert not told, "\n".join([page.url, *told])


def has_sideways_scroll(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


@dataclass
class Thoroughness:
    """Whether every page is looked at wide and narrow, light and dark (`--all-pictures`)."""

    all_pictures: bool = False


THOROUGHNESS = Thoroughness()


def look_at(page: Page, name: str) -> None:
    """Audit the page and take its picture: wide and light, with --all-pictures all four.

    Whether it scrolls sideways is asked at both widths, always.
    """
    SCREENSHOTS.mkdir(exist_ok=True)
    for scheme in ("light", "dark") if THOROUGHNESS.all_pictures else ("light",):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for size, viewport in SIZES.items():
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            page.evaluate(DRAWN)
            assert not has_sideways_scroll(page), f"{page.url} scrolls sideways when {size}"
            if THOROUGHNESS.all_pictures or size == "wide":
                page.screenshot(path=SCREENSHOTS / f"{name}-{size}-{scheme}.png")
                audit(page)
    page.set_viewport_size(SIZES["wide"])  # type: ignore[arg-type]
    page.emulate_media(color_scheme="light")
