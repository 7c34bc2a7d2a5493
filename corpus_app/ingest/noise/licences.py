"""Licence footers of public text libraries, which run to the end of the page."""

from __future__ import annotations

from corpus_app.ingest.noise.page import Page
from corpus_app.ingest.rule_files import read_rules


def remove_licence(page: Page) -> None:
    """Take everything from the first licence sentence near the end (kind "licence")."""
    rules = read_rules("noise_phrases")["licence"]
    floor = max(0, len(page.raw) - int(rules["reach"]))
    lines = [line for line in page.lines if line.start >= floor]
    for line in lines:
        anchor = next((a for a in rules["anchors"] if line.text.startswith(a)), None)
        if anchor:
            for rest in lines:
                if rest.start >= line.start:
                    page.take_around(rest.start, rest.end, "licence", f"anchor:{anchor}")
            return
