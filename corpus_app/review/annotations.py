"""What the review page shows beside the texts: themes and slogans with their evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from corpus_app.catalog.models import Revision, Speech
from corpus_app.pages.superseded import OldWording, find_all_superseded, sum_superseded
from corpus_app.slogans.models import Slogan
from corpus_app.slogans.querysets import list_slogans_of_revision
from corpus_app.themes.models import SectionTheme, Theme, ThemePin


@dataclass
class ThemeChoice:
    """A theme with its evidence in the speech and what an editor decided."""

    theme: Theme
    sections: int = 0
    evidence: list[tuple[str, int]] = field(default_factory=list)
    score: float = 0.0
    decision: str = ""
    keys: list[str] = field(default_factory=list)
    mentioned: list[str] = field(default_factory=list)
    pinned: bool = False


@dataclass
class SloganFound:
    """A slogan with how often it stands in the speech, and the sections that hold it."""

    slogan: Slogan
    count: int = 0
    keys: list[str] = field(default_factory=list)


def list_theme_choices(speech: Speech) -> list[ThemeChoice]:
    """Return all themes, those on the speech or decided upon first, strongest evidence first."""
    choices = {theme.pk: ThemeChoice(theme) for theme in Theme.objects.all()}
    rows = SectionTheme.objects.filter(section__revision=speech.current_id)
    tags = rows.exclude(bearing=SectionTheme.Bearing.CARRIED)
    for tag in tags.select_related("section").order_by("section__position"):
        choice = choices[tag.theme_id]
        if tag.bearing == SectionTheme.Bearing.MENTION:
            choice.mentioned.append(tag.section.key)
            continue
        choice.sections += 1
        choice.score += tag.score
        choice.keys.append(tag.section.key)
        choice.pinned |= tag.pinned
        found = Counter(dict(choice.evidence))
        found.update(dict(tag.evidence))
        choice.evidence = found.most_common()
    pins = ThemePin.objects.filter(speech=speech, section_key="")
    for theme, decision in pins.values_list("theme_id", "decision"):
        choices[theme].decision = decision
    return sorted(
        choices.values(), key=lambda c: (not c.sections and not c.decision, -c.score, c.theme.name)
    )


def list_slogans(revision: Revision) -> list[SloganFound]:
    """Return the revision's slogans: registered ones first, then the most mentioned."""
    found: dict[int, SloganFound] = {}
    for mention in list_slogans_of_revision(revision.pk).select_related("section"):
        entry = found.setdefault(mention.slogan_id, SloganFound(mention.slogan))
        entry.count += 1
        if mention.section and mention.section.key not in entry.keys:
            entry.keys.append(mention.section.key)
    return sorted(found.values(), key=lambda f: (not f.slogan.registered, -f.count, f.slogan.text))


def list_superseded(speech: Speech, revision: Revision) -> list[OldWording]:
    """Return the older wordings that are not right for the speech's date, or may not be."""
    said = list_slogans_of_revision(revision.pk).exclude(slogan__superseded_by=None)
    found = find_all_superseded(revision.text, speech.date, said)
    return [row for row in sum_superseded(found) if row.past is not False]
