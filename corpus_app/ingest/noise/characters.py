"""Signs that carry no wording: invisible characters."""

from __future__ import annotations

import re

from corpus_app.ingest.noise.page import NoisePage

# Control and format characters that str.isspace() does not count as white space, zero-width
# spaces and joiners, direction marks, byte order marks inside the text, lone surrogates.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]+"
)


def remove_invisible(page: NoisePage) -> None:
    """Take control and zero-width characters (kind "invisible")."""
    spans = [match.span() for match in INVISIBLE.finditer(page.raw)]
    page.take_all(spans, "invisible", "control-or-zero-width")
