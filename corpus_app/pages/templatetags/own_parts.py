"""Where parts of a page stand that are each reader's own, or the same on every page."""

from __future__ import annotations

from django import template

from corpus_app.pages.own_parts import draw_fixed, draw_part

register = template.Library()
register.simple_tag(draw_part, takes_context=True, name="own_part")
register.simple_tag(draw_fixed, name="fixed_part")
