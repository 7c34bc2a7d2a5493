"""The rules of a page's style sheets, in their order: nested, layered, scoped and conditional."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import tinycss2
from lxml import etree

from corpus_app.ingest.formats.webpage.conditions import fits_screen, is_supported
from corpus_app.ingest.formats.webpage.counter_rules import read_counter_style
from corpus_app.ingest.formats.webpage.counter_styles import CounterStyle
from corpus_app.ingest.formats.webpage.declarations import Declaration, read_declarations
from corpus_app.ingest.formats.webpage.selectors import (
    LONGEST,
    StyleScope,
    compile_scope,
    write_nested,
)
from corpus_app.ingest.formats.webpage.sheet_sources import read_import
from corpus_app.ingest.formats.webpage.variables import RegisteredProperty

DEEPEST: Final = 8
MOST_RULES: Final = 20_000


@dataclass(slots=True, eq=False)
class StyleLayer:
    """A cascade layer and those in it; rank says how strong it is once all are known."""

    inner: dict[str, StyleLayer] = field(default_factory=dict)
    rank: int = 0

    def open(self, names: str) -> StyleLayer:
        """Return the layer of a name ("base.reset"), made where it is new; "" is a new one."""
        layer = self
        for name in names.split(".") if names else [f"\x00{len(self.inner)}"]:
            layer = layer.inner.setdefault(name.strip(), StyleLayer())
        return layer

    def set_ranks(self, start: int = 0) -> int:
        """Number the layers, the weakest first, from start on; return the number of this one."""
        for layer in self.inner.values():
            start = layer.set_ranks(start) + 1
        self.rank = start
        return start


@dataclass(slots=True, eq=False)
class StyleRule:
    """Declarations for what a list of selectors fits, and under which conditions.

    certain is false where nobody can say whether a browser applies the rule; containers are the
    names and conditions of the boxes around that must hold.
    """

    selectors: str
    declared: tuple[Declaration, ...]
    layer: StyleLayer
    scope: StyleScope | None = None
    certain: bool = True
    containers: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    # The selectors as they were parsed, where they stand in the sheet as they are.
    tokens: tuple[Any, ...] = ()


@dataclass(slots=True, frozen=True)
class RuleContext:
    """Where in its sheet a rule stands: inside which other rules."""

    layer: StyleLayer
    around: str = ""
    scope: StyleScope | None = None
    # What & and :scope stand for inside a scope.
    root: str = ""
    certain: bool = True
    containers: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    depth: int = 0
    owner: etree._Element | None = None


@dataclass(slots=True)
class RuleReader:
    """Collects the rules of all sheets of one tree, and what they define besides."""

    quirks: bool = False
    rules: list[StyleRule] = field(default_factory=list)
    layers: StyleLayer = field(default_factory=StyleLayer)
    counter_styles: dict[str, CounterStyle] = field(default_factory=dict)
    registered: dict[str, RegisteredProperty] = field(default_factory=dict)
    # What animations come to in the end, by their names.
    endings: dict[str, tuple[Declaration, ...]] = field(default_factory=dict)
    outside: bool = False
    too_many: bool = False

    def read_sheet(self, text: str, owner: etree._Element | None) -> None:
        """Add the rules of one sheet; owner is the element that holds or links it."""
        self._read_text(text, RuleContext(self.layers, owner=owner))

    def _read_text(self, text: str, context: RuleContext) -> None:
        nodes = tinycss2.parse_stylesheet(text, True, True)
        early = True
        for node in nodes:
            if node.type == "at-rule" and node.lower_at_keyword == "import":
                if early:
                    self._import(node, context)
                continue
            plain = node.type == "at-rule" and node.content is None
            early = early and (plain or node.type == "error")
            self._read_node(node, context)

    def _import(self, node: Any, context: RuleContext) -> None:
        found = read_import(node.prelude)
        if found is None or context.depth >= DEEPEST:
            self.outside = self.outside or found is None
            return
        if found.supports is False or not fits_screen(found.media):
            return
        layer = context.layer if found.layer is None else context.layer.open(found.layer)
        certain = context.certain and found.supports is not None
        inner = replace(context, layer=layer, certain=certain, depth=context.depth + 1)
        self._read_text(found.text, inner)

    def _read_node(self, node: Any, context: RuleContext) -> None:
        if len(self.rules) > MOST_RULES:
            self.too_many = True
        elif node.type == "qualified-rule":
            self._read_rule(node, context)
        elif node.type == "at-rule":
            if node.lower_at_keyword == "layer":
                self._read_layer(node, context)
            elif node.content is not None and context.depth < DEEPEST:
                self._read_at_rule(node, context)

    def _read_rule(self, node: Any, context: RuleContext) -> None:
        prelude = [token for token in node.prelude if token.type != "comment"]
        tokens: tuple[Any, ...] = ()
        if context.around:
            selectors = write_nested(prelude, context.around)
        elif context.scope is not None:
            selectors = write_nested(prelude, context.root, scoped=True)
        else:
            selectors = tinycss2.serialize(prelude).strip()
            tokens = tuple(prelude)
            if "&" in selectors:
                selectors, tokens = write_nested(prelude, ":root", scoped=True), ()
        if not selectors or len(selectors) > LONGEST or context.depth > DEEPEST:
            self.too_many = self.too_many or bool(selectors)
            return
        nodes = tinycss2.parse_blocks_contents(node.content, True, True)
        if all(one.type == "declaration" for one in nodes):
            self._add(nodes, context, selectors, tokens)
        else:
            self._read_block(nodes, replace(context, around=selectors, depth=context.depth + 1))

    def _read_block(self, nodes: Sequence[Any], context: RuleContext) -> None:
        """Add a rule for each run of declarations: what is nested between parts them."""
        run: list[Any] = []
        for node in nodes:
            if node.type == "declaration":
                run.append(node)
            elif node.type in ("qualified-rule", "at-rule"):
                self._add(run, context, context.around)
                run = []
                self._read_node(node, context)
        self._add(run, context, context.around)

    def _add(
        self,
        nodes: Sequence[Any],
        context: RuleContext,
        selectors: str,
        tokens: tuple[Any, ...] = (),
    ) -> None:
        declared = read_declarations(nodes, self.quirks)
        if declared:
            rule = StyleRule(
                selectors, declared, context.layer, context.scope, context.certain,
                context.containers, tokens,
            )  # fmt: skip
            self.rules.append(rule)

    def _read_layer(self, node: Any, context: RuleContext) -> None:
        names = [name.strip() for name in tinycss2.serialize(node.prelude).split(",")]
        if node.content is None:
            for name in filter(None, names):
                context.layer.open(name)
        elif len(names) == 1 and context.depth < DEEPEST:
            self._enter(node, replace(context, layer=context.layer.open(names[0])))

    def _read_at_rule(self, node: Any, context: RuleContext) -> None:
        name, prelude = node.lower_at_keyword, tinycss2.serialize(node.prelude).strip()
        if name == "media":
            if fits_screen(prelude):
                self._enter(node, context)
        elif name == "supports":
            held = is_supported(prelude)
            if held is not False:
                self._enter(node, replace(context, certain=context.certain and held is True))
        elif name == "container":
            first = next((one for one in node.prelude if one.type != "whitespace"), None)
            named = first is not None and first.type == "ident" and first.lower_value != "not"
            rest = [one for one in node.prelude if not (named and one is first)]
            asked = (first.value if named and first is not None else "", tuple(rest))
            self._enter(node, replace(context, containers=(*context.containers, asked)))
        elif name == "scope":
            self._read_scope(node, context)
        else:
            self._define(name, prelude, node)

    def _read_scope(self, node: Any, context: RuleContext) -> None:
        blocks = [token for token in node.prelude if token.type == "() block"]
        if not blocks:
            owner = context.owner.getparent() if context.owner is not None else None
            scope: StyleScope | None = StyleScope((lambda at: at.etree_element is owner,))
            root = "*"
        else:
            scope = compile_scope(node.prelude, self.quirks)
            root = tinycss2.serialize(blocks[0].content).strip()
        if scope is not None and scope.roots:
            self._enter(node, replace(context, scope=scope, root=root, around=""))

    def _enter(self, node: Any, context: RuleContext) -> None:
        inner = replace(context, depth=context.depth + 1)
        if context.around:
            self._read_block(tinycss2.parse_blocks_contents(node.content, True, True), inner)
        else:
            for one in tinycss2.parse_rule_list(node.content, True, True):
                self._read_node(one, inner)

    def _define(self, name: str, prelude: str, node: Any) -> None:
        if name == "counter-style":
            style = read_counter_style(node.content)
            if style:
                self.counter_styles[prelude] = style
        elif name == "property" and prelude.startswith("--"):
            stated = dict(_iter_stated(node.content))
            if "inherits" in stated:
                inherits = stated["inherits"].lower() == "true"
                self.registered[prelude] = RegisteredProperty(inherits, stated.get("initial-value"))
        elif name in ("keyframes", "-webkit-keyframes"):
            self.endings[prelude.strip("\"'")] = self._read_ending(node.content)

    def _read_ending(self, content: Sequence[Any]) -> tuple[Declaration, ...]:
        found: tuple[Declaration, ...] = ()
        for frame in tinycss2.parse_rule_list(content, True, True):
            if frame.type == "qualified-rule":
                places = tinycss2.serialize(frame.prelude).lower().split(",")
                if any(place.strip() in ("to", "100%") for place in places):
                    nodes = tinycss2.parse_blocks_contents(frame.content, True, True)
                    found += read_declarations(nodes, self.quirks)
        return tuple((name, value, False) for name, value, _ in found)


def _iter_stated(content: Sequence[Any]) -> Iterator[tuple[str, str]]:
    for node in tinycss2.parse_blocks_contents(content, True, True):
        if node.type == "declaration":
            yield node.lower_name, tinycss2.serialize(node.value).strip()
