"""Filters that put codes and numbers into words."""

from __future__ import annotations

from django import template

from corpus_app.catalog.days import mark_day, name_day_kind
from corpus_app.pages import labels

register = template.Library()

register.filter("spell_date", labels.spell_date)
register.filter("spell_day", labels.spell_day_said)
register.filter("name_day_kind", name_day_kind)
register.filter("mark_day", mark_day)
register.filter("number_day", labels.number_day_said)
register.filter("spell_characters", labels.spell_characters)
register.filter("join_sentences", labels.join_sentences)
register.simple_tag(labels.part_sentences)
register.filter("name_level", labels.name_level)
register.filter("name_genre", labels.name_genre)
register.filter("name_removed", labels.name_removed)


@register.filter
def thousands(number: int | None) -> str:
    """Return the number with its thousands parted; "" for none."""
    return "" if number is None else f"{number:,}"
