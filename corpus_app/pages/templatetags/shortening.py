"""What Django's templates shorten, with the sign that Chinese and English both write.

Django's Chinese catalogue puts three full stops there. In settings, among the builtins: no
template can forget it.
"""

from __future__ import annotations

from django import template
from django.db.models import Model
from django.utils.text import Truncator

register = template.Library()


@register.filter(is_safe=True)
def truncatechars(words: str | Model, length: int) -> str:
    """Return the words, cut to so many characters with … as the last where they are longer."""
    return Truncator(words).chars(length, truncate="…")
