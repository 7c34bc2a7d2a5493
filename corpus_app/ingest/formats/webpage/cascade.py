"""The cascade: of all that is said of an element, the value of each property that wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus_app.ingest.formats.webpage.declarations import PENDING, Declaration
from corpus_app.ingest.formats.webpage.rules import StyleRule
from corpus_app.ingest.formats.webpage.values import list_initial
from corpus_app.ingest.formats.webpage.variables import PageVariables

# Where a declaration comes from: the browser or an old attribute, a rule, the element's own style.
BROWSER: Final = -1
OWN_STYLE: Final = 1_000_000
# Values in which capitals count.
_AS_WRITTEN: Final = frozenset({
    "content", "list-style-type", "counter-reset", "counter-increment", "counter-set", "quotes",
    "container-name", "mask-image",
})  # fmt: skip

# Layer, how specific, how far the root of its scope is, place, declarations.
Layered = tuple[int, tuple[int, int, int], int, int, Sequence[Declaration]]


@dataclass(slots=True, eq=False)
class Cascaded:
    """What wins of the declarations for one element or pseudo-element; told by identity."""

    own: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    # Whether values wait for the variables of the element.
    pending: bool = False

    def settle(self, variables: PageVariables, quirks: bool) -> dict[str, str]:
        """Return the values with variables put in; what comes to nothing is not set."""
        if not self.pending:
            return self.own
        settled: dict[str, str] = {}
        for name, value in self.own.items():
            if value[:1] != PENDING:
                settled[name] = value
                continue
            # What comes to nothing counts as unset, not as if it were not there.
            found = _settle_wide(name, variables.resolve(name, value, quirks) or "unset")
            if found is not None:
                settled[name] = found if name in _AS_WRITTEN else found.lower()
        return settled


NOTHING_SAID: Final = Cascaded()


def layer_rule(rule: StyleRule, specific: tuple[int, int, int], steps: int, place: int) -> Layered:
    """Return a rule as the cascade weighs it."""
    return rule.layer.rank, specific, -steps, place, rule.declared


def cascade(
    hints: Sequence[Declaration], rules: Sequence[Layered], style: Sequence[Declaration]
) -> Cascaded:
    """Return what wins: later and more specific rules, important ones in the reverse of layers."""
    ordered: list[tuple[int, Sequence[Declaration]]] = [(BROWSER, hints)]
    ranked = sorted(rules, key=lambda one: one[:4]) if len(rules) > 1 else rules
    ordered += [(one[0], one[4]) for one in ranked]
    ordered.append((OWN_STYLE, style))
    normal: dict[str, list[tuple[int, str]]] = {}
    for layer, declared in ordered:
        for name, value, important in declared:
            if not important:
                normal.setdefault(name, []).append((layer, value))
    for layer, declared in _order_important(ranked, style):
        for name, value, important in declared:
            if important:
                normal.setdefault(name, []).append((layer, value))
    return _pick(normal)


def _order_important(
    ranked: Sequence[Layered], style: Sequence[Declaration]
) -> Iterable[tuple[int, Sequence[Declaration]]]:
    if not any(entry[2] for one in ranked for entry in one[4]):
        return [(OWN_STYLE, style)]
    turned = sorted(ranked, key=lambda one: (-one[0], *one[1:4]))
    return [*((one[0], one[4]) for one in turned), (OWN_STYLE, style)]


def _pick(said: Mapping[str, list[tuple[int, str]]]) -> Cascaded:
    found = Cascaded()
    for name, values in said.items():
        value: str | None = values[-1][1]
        if name[:2] == "--":
            found.variables[name] = values[-1][1]
            continue
        if value in ("revert", "revert-layer"):
            value = _revert(values)
        if value is None:
            continue
        if value[:1] == PENDING:
            found.pending = True
            found.own[name] = value
            continue
        settled = _settle_wide(name, value)
        if settled is not None:
            found.own[name] = settled if name in _AS_WRITTEN else settled.lower()
    return found


def _revert(values: Sequence[tuple[int, str]]) -> str | None:
    """Return what was said before a layer, or before all rules, took back its own word."""
    left = list(values)
    while left and left[-1][1] in ("revert", "revert-layer"):
        layer, word = left[-1]
        whole = word == "revert"
        left = [one for one in left if (one[0] == BROWSER if whole else one[0] != layer)]
    return left[-1][1] if left else None


def _settle_wide(name: str, value: str) -> str | None:
    """Return what inherit, initial and unset come to, None where nothing is said.

    What elements take over from those around is then taken over; of other properties the value
    around is not known, and seldom asked for.
    """
    word = value.lower()
    if word == "inherit":
        return "inherit" if name == "display" else None
    if word == "unset":
        return None if name in list_initial() else _begin(name)
    return _begin(name) if word == "initial" else value


def _begin(name: str) -> str | None:
    return "inline" if name == "display" else list_initial().get(name)
