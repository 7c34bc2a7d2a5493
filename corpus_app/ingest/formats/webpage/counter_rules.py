"""The styles of counters that a page defines itself, by @counter-style."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import tinycss2

from corpus_app.ingest.formats.webpage.counter_styles import CounterStyle, load_styles


def read_counter_style(content: list[Any]) -> CounterStyle | None:
    """Return the style that an @counter-style describes, None for one that is not understood."""
    stated = {
        node.lower_name: [token for token in node.value if token.type != "whitespace"]
        for node in tinycss2.parse_blocks_contents(content, True, True)
        if node.type == "declaration"
    }

    def read(name: str, default: str) -> str:
        tokens = stated.get(name)
        return str(getattr(tokens[0], "value", default)) if tokens else default

    system = read("system", "symbolic").lower()
    prefix, suffix = read("prefix", ""), read("suffix", ". ")
    if system == "extends":
        base = load_styles().get(str(getattr(stated["system"][-1], "value", "")).lower())
        if base is None:
            return None
        suffix = read("suffix", base.suffix)
        return replace(base, suffix=suffix, prefix=prefix)
    if system == "additive":
        tokens = [token for token in stated.get("additive-symbols", []) if token.type != "literal"]
        weights = tuple(int(token.value) for token in tokens if token.type == "number")
        symbols = tuple(str(token.value) for token in tokens if token.type in ("string", "ident"))
        return CounterStyle("additive", symbols, suffix, prefix, 1, weights)
    symbols = tuple(
        str(token.value) for token in stated.get("symbols", []) if token.type in ("string", "ident")
    )
    if system not in ("cyclic", "numeric", "alphabetic", "symbolic", "fixed") or not symbols:
        return None
    negative = read("negative", "-") if system == "numeric" else ""
    first = next((int(t.value) for t in stated.get("system", []) if t.type == "number"), 1)
    return CounterStyle(system, symbols, suffix, prefix, first, negative=negative)  # type: ignore[arg-type]
