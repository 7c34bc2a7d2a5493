"""What the names of themes and slogans in a query stand for; each table is read at most once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from corpus_app.catalog.kept import keep_answers
from corpus_app.slogans.models import Slogan, SloganVariant
from corpus_app.text.folding import fold
from corpus_app.themes.models import Theme
from search.arrays.segment import Segment
from search.arrays.tables import Mask
from search.matching.expressions import ExpressionPlaces
from search.matching.spans import Spans
from search.query.nodes import Regex

_QUOTE = fold("“")


@dataclass(frozen=True, slots=True)
class NamedTheme:
    """A theme as search needs it."""

    id: int
    slug: str
    name: str
    parent_id: int | None
    former_names: Sequence[str] = ()


class ThemeTree:
    """All themes, in their order."""

    def __init__(self, themes: Collection[NamedTheme]) -> None:
        self.nodes = {theme.id: theme for theme in themes}
        self._children: dict[int | None, list[int]] = {}
        for theme in themes:
            self._children.setdefault(theme.parent_id, []).append(theme.id)

    @classmethod
    def load(cls) -> ThemeTree:
        """Read the themes from the database."""
        rows = Theme.objects.values_list("id", "slug", "name", "parent_id", "former_names")
        return cls([NamedTheme(*row) for row in rows])

    def find(self, name: str) -> list[int]:
        """Return the ids of the themes of that name or slug, else of those that once had it."""
        wanted = fold(name)
        found = [t.id for t in self.nodes.values() if wanted in (fold(t.name), t.slug)]
        return found or [t.id for t in self.nodes.values() if wanted in map(fold, t.former_names)]

    def list_below(self, ids: Collection[int]) -> set[int]:
        """Return the ids with those of all themes below them."""
        found: set[int] = set()
        waiting = list(ids)
        while waiting:
            at = waiting.pop()
            if at not in found:
                found.add(at)
                waiting += self._children.get(at, ())
        return found

    def list_above(self, theme_id: int) -> list[int]:
        """Return the id with those of all themes above it, deepest first."""
        found: list[int] = []
        at: int | None = theme_id
        while at is not None and at not in found:
            found.append(at)
            at = self.nodes[at].parent_id if at in self.nodes else None
        return found


class DatabaseNames:
    """Looks names up in the database when a query first asks for them.

    Use a new one for each request: it keeps what it found, and counts the seconds that regular
    expressions take.
    """

    def __init__(self) -> None:
        self._slogans: dict[str, set[int]] = {}

    @cached_property
    def _expressions(self) -> ExpressionPlaces:
        return ExpressionPlaces()

    def find_expression(self, segment: Segment, leaf: Regex, within: Mask | None) -> Spans:
        """Return the places of an expression, complete for the speeches within (None: all)."""
        return self._expressions.find(segment, leaf, within)

    @cached_property
    def themes(self) -> ThemeTree:
        """Return the theme tree."""
        return _read_themes()

    def find_themes(self, name: str) -> set[int]:
        """Return the ids of the theme of that name or slug and of all below it."""
        return self.themes.list_below(self.themes.find(name))

    def find_slogans(self, text: str) -> set[int]:
        """Return the ids of the slogans that are worded so, themselves or in a variant.

        Quotation marks around the wording do not matter; where no slogan is worded exactly so,
        those that contain the wording count. Every segment asks again, so the answer is kept.
        """
        if text not in self._slogans:
            wanted = _strip(text)
            wordings = _read_wordings()
            held = [ids for wording, ids in wordings.items() if wanted and wanted in wording]
            self._slogans[text] = set(wordings.get(wanted) or chain.from_iterable(held))
        return self._slogans[text]

    def label_theme(self, slug: str) -> str:
        """Return the name of the theme with that slug, the slug where there is none."""
        return next((node.name for node in self.themes.nodes.values() if node.slug == slug), slug)


@keep_answers
def _read_themes() -> ThemeTree:
    return ThemeTree.load()


@keep_answers
def _read_wordings() -> dict[str, set[int]]:
    """Return the slogans of each wording, folded once for each state of the registry."""
    own = Slogan.objects.order_by().values_list("id", "text")
    variants = SloganVariant.objects.order_by().values_list("slogan_id", "text")
    wordings: dict[str, set[int]] = {}
    for pk, wording in own.union(variants, all=True):
        wordings.setdefault(_strip(wording), set()).add(pk)
    return wordings


def _strip(text: str) -> str:
    return fold(text).replace(_QUOTE, "")
