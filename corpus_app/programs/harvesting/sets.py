"""Sets that can be harvested alone: by level, and by theme with those below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final

from corpus_app.catalog.models import Speech
from corpus_app.ingest.vocabulary import LEVELS
from corpus_app.themes.models import SectionTheme, Theme
from search import ThemeTree

LEVEL: Final = "level"
THEME: Final = "theme"


def list_sets() -> list[tuple[str, str]]:
    """Return name and title of every set; one whose name goes on from another's is part of it."""
    themes = Theme.objects.order_by("order", "pk").values_list("slug", "name")
    return [
        (LEVEL, "按级别"),
        *((f"{LEVEL}:{code}", name) for code, name in LEVELS.items()),
        (THEME, "按主题（章节以此为主题，含下级主题）"),
        *((f"{THEME}:{slug}", name) for slug, name in themes),
    ]


def list_memberships(
    speeches: Collection[Speech], themes: Mapping[int, Collection[int]], tree: ThemeTree
) -> dict[int, list[str]]:
    """Return by id the names of the sets that each speech is in; themes as find_themes has them."""
    found = {}
    for speech in speeches:
        above = {one for pk in themes.get(speech.pk, ()) for one in tree.list_above(pk)}
        slugs = sorted(tree.nodes[pk].slug for pk in above if pk in tree.nodes)
        levels = [LEVEL, f"{LEVEL}:{speech.level}"] if speech.level in LEVELS else []
        found[speech.pk] = [*levels, *([THEME] if slugs else []), *(f"{THEME}:{s}" for s in slugs)]
    return found


def find_themes(speeches: Collection[Speech], tree: ThemeTree) -> dict[int, list[int]]:
    """Return by id the themes that sections of each speech are about, in the tree's order."""
    owners = {speech.current_id: speech.pk for speech in speeches}
    tags = SectionTheme.objects.about().filter(section__revision__in=owners)
    rows = tags.order_by().values_list("section__revision", "theme").distinct()
    found: defaultdict[int, list[int]] = defaultdict(list)
    for revision, theme in sorted(rows):
        if theme in tree.nodes:
            found[owners[revision]].append(theme)
    return found
