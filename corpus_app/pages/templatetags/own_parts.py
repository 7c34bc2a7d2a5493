"""Where a part of a page stands that is each reader's own."""

from __future__ import annotations

from django import template

from corpus_app.pages.own_parts import draw_part

register = template.Library()
register.simple_tag(draw_part, takes_context=True, name="own_part")
