"""Themes and slogans as editors left them: carried along, and taken back where nobody edited."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from corpus_app.catalog.registry import read_last_entries
from corpus_app.intake.exchange.rows import Values, dump_row, load_row
from corpus_app.intake.exchange.tables import Taken
from corpus_app.slogans import registry as slogan_registry
from corpus_app.slogans.models import Slogan, SloganVariant
from corpus_app.themes import registry as theme_registry
from corpus_app.themes.models import Theme, ThemeTerm

FILE: Final = "registries.json"
THEME_FIELDS: Final = (*theme_registry.FIELDS, "retired", "former_names")
SLOGAN_FIELDS: Final = (
    *("registered", "retired", "superseded_since", "source_url"),
    *slogan_registry.VALUES,
)
LINKS: Final = ("superseded_by", "merged_into")


def describe_registries() -> Values:
    """Return all themes, and all slogans of which a person or a registry said something."""
    themes = Theme.every.select_related("parent", "merged_into").prefetch_related("terms")
    slogans = Slogan.objects.select_related(*LINKS).prefetch_related("variants").order_by("pk")
    named = {getattr(one, f"{link}_id") for one in slogans for link in LINKS}
    return {
        "themes": [describe_theme(one) for one in themes.order_by("pk")],
        "slogans": [describe_slogan(one) for one in slogans if one.pk in named or _is_said(one)],
        # What these had been loaded from: who is lacking above was taken out by an editor.
        "loaded": {
            "themes": [one["slug"] for one in read_last_entries(theme_registry.NAME)],
            "slogans": [one["text"] for one in read_last_entries(slogan_registry.NAME)],
        },
    }


def describe_theme(theme: Theme) -> Values:
    """Return a theme with its terms; others are named by their slug."""
    terms = [dump_row(term) for term in theme.terms.all()]
    beside = Theme.related.through.objects.filter(from_theme=theme)
    related = Theme.every.filter(pk__in=beside.values("to_theme"))
    return {
        "slug": theme.slug,
        **{name: getattr(theme, name) for name in THEME_FIELDS},
        "parent": theme.parent.slug if theme.parent else None,
        "merged_into": theme.merged_into.slug if theme.merged_into else None,
        "related": sorted(related.values_list("slug", flat=True)),
        "terms": sorted(terms, key=lambda term: str(term["text"])),
    }


def describe_slogan(slogan: Slogan) -> Values:
    """Return a slogan with its variants; others are named by their text."""
    variants = sorted(one.text for one in slogan.variants.all())
    links = {name: getattr(slogan, name) for name in LINKS}
    return {
        "text": slogan.text,
        **{name: getattr(slogan, name) for name in SLOGAN_FIELDS},
        **{name: other.text if other else None for name, other in links.items()},
        "variants": variants,
    }


def _is_said(slogan: Slogan) -> bool:
    """Return whether somebody said something of a slogan: a registry, or an editor."""
    linked = any(getattr(slogan, f"{name}_id") for name in LINKS)
    decided = slogan.registered or slogan.retired or linked
    return decided or bool(slogan_registry.list_decided(slogan))


@transaction.atomic
def load_registries(values: Values) -> Taken:
    """Bring themes and slogans in line with those of an export, but for what was edited here.

    What was edited here and there alike stays as it is here, and counts as lost.
    """
    taken = Taken()
    _load_themes(values, taken)
    _load_slogans(values, taken)
    return taken


def _load_themes(values: Values, taken: Taken) -> None:
    present = {theme.slug: theme for theme in Theme.every.prefetch_related("terms")}
    shipped = _read_themes(read_last_entries(theme_registry.NAME))
    fresh = []
    for one in values["themes"]:
        theme = present.get(one["slug"])
        if _is_ours(taken, one, theme and describe_theme(theme), shipped.get(one["slug"])):
            continue
        if Theme.every.filter(name=one["name"]).exclude(slug=one["slug"]).exists():
            taken.lost.append(one["name"])
            continue
        theme = _store_theme(theme, one)
        present[theme.slug] = theme
        fresh.append(one)
    for one in fresh:  # once all are there
        theme = present[one["slug"]]
        theme.parent = present.get(one["parent"] or "")
        theme.merged_into = present.get(one["merged_into"] or "")
        theme.save(update_fields=["parent", "merged_into"])
        Theme.related.through.objects.filter(Q(from_theme=theme) | Q(to_theme=theme)).delete()
        theme.related.add(*(present[slug] for slug in one["related"] if slug in present))
    gone = set(values["loaded"]["themes"]) - {one["slug"] for one in values["themes"]}
    for slug in gone & present.keys():
        theme = present[slug]
        if describe_theme(theme) == shipped.get(slug) and not theme.pins.exists():
            Theme.every.filter(parent=theme).update(parent=None)
            theme.delete()


def _store_theme(theme: Theme | None, values: Values) -> Theme:
    theme = theme or Theme(slug=values["slug"])
    for name in THEME_FIELDS:
        setattr(theme, name, values[name])
    theme.full_clean(exclude=["parent", "merged_into", "former_names"])
    theme.save()
    theme.terms.all().delete()
    for term in values["terms"]:
        load_row(ThemeTerm, term, theme=theme)
    return theme


def _read_themes(entries: list[Values]) -> dict[str, Values]:
    """Return the entries of the registry file as describe_theme would, by slug."""
    related: dict[str, set[str]] = {entry["slug"]: set(entry["related"]) for entry in entries}
    for entry in entries:  # it goes both ways
        for other in entry["related"]:
            related.setdefault(other, set()).add(entry["slug"])
    found = {}
    for entry in entries:
        terms = [{**term, "excluded": False} for term in entry["terms"]]
        terms += [{"text": text, "weight": 1.0, "excluded": True} for text in entry["exclude"]]
        found[entry["slug"]] = {
            **{name: entry[name] for name in ("slug", *theme_registry.FIELDS, "parent")},
            "retired": False,
            "former_names": [],
            "merged_into": None,
            "related": sorted(related[entry["slug"]]),
            "terms": sorted(terms, key=lambda term: str(term["text"])),
        }
    return found


def _load_slogans(values: Values, taken: Taken) -> None:
    rows = Slogan.objects.select_related(*LINKS).prefetch_related("variants")
    present = {one.text: one for one in rows}
    shipped = {one["text"]: _read_slogan(one) for one in read_last_entries(slogan_registry.NAME)}
    fresh = []
    for one in values["slogans"]:
        slogan = present.get(one["text"])
        described = describe_slogan(slogan) if slogan is not None else None
        if slogan is not None and described != one and not _is_said(slogan):
            described = None  # it was only met in a speech
        if not _is_ours(taken, one, described, shipped.get(one["text"])):
            present[one["text"]] = _store_slogan(slogan, one)
            fresh.append(one)
    for one in fresh:  # once all are there
        links = {name: present.get(one[name] or "") for name in LINKS}
        Slogan.objects.filter(text=one["text"]).update(**links)
    gone = set(values["loaded"]["slogans"]) - {
        one["text"] for one in values["slogans"] if one["registered"]
    }
    for text in gone & present.keys():
        if describe_slogan(present[text]) == shipped.get(text):
            present[text].delete()


def _store_slogan(slogan: Slogan | None, values: Values) -> Slogan:
    slogan = slogan or Slogan(text=values["text"])
    for name in SLOGAN_FIELDS:
        setattr(slogan, name, values[name])
    slogan.clean_fields(exclude=["text"] if slogan.pk else None)
    slogan.save()
    slogan.variants.exclude(text__in=values["variants"]).delete()
    SloganVariant.objects.filter(text__in=values["variants"]).exclude(slogan=slogan).delete()
    for text in values["variants"]:
        SloganVariant.objects.get_or_create(slogan=slogan, text=text)
    return slogan


def _read_slogan(entry: Values) -> Values:
    """Return an entry of the registry file as describe_slogan would."""
    values = slogan_registry.read_values(entry)
    variants = sorted(entry["variants"])
    blank = {"retired": False, "superseded_since": "", "source_url": ""}
    links = dict.fromkeys(LINKS)
    return {
        "text": entry["text"],
        "registered": True,
        **blank,
        **values,
        **links,
        "variants": variants,
    }


def _is_ours(taken: Taken, theirs: Values, here: Any, shipped: Values | None) -> bool:
    """Tell whether what is here stays, and count it."""
    if here is None:
        taken.new += 1
        return False
    if here == theirs:
        taken.known += 1
        return True
    if here == shipped:
        taken.new += 1
        return False
    if theirs == shipped:
        taken.known += 1
    else:
        taken.lost.append(theirs.get("name") or theirs["text"])
    return True
