"""Licence footers of public text libraries, which run to the end of the page."""

from __future__ import annotations

from corpus_app.ingest.noise.page import NoisePage
from corpus_app.ingest.rule_files import read_rules

PROOF_CHARS = 800


def remove_licence(page: NoisePage) -> None:
    """Take everything from the first licence sentence near the end (kind "licence")."""
    rules = read_rules("noise_phrases")["licence"]
    floor = max(0, len(page.raw) - int(rules["reach"]))
    lines = [line for line in page.lines if line.start >= floor]
    for index, line in enumerate(lines):
        anchor = next((a for a in rules["anchors"] if line.text.startswith(a)), None)
        near = page.raw[line.start : line.start + PROOF_CHARS]
        if anchor and any(word in near for word in rules["proof"]):
            spans = [(rest.start, rest.end) for rest in lines[index:]]
            page.take_all(spans, "licence", f"anchor:{anchor}")
            return
