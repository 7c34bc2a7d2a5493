"""Who may see a speech, as pages mark it and as forms offer it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from corpus_app.catalog.limits import GROUPS, LEVEL_LABELS, PUBLIC, AccessLimit, name_groups
from corpus_app.catalog.models import Speech

register = template.Library()


@register.simple_tag(takes_context=True)
def limit_words(context: template.Context, limit: AccessLimit) -> str:
    """Return who alone may see a speech, "" for everybody."""
    if limit.access == PUBLIC:
        return ""
    return limit.tell(_read_names(context) if limit.access == GROUPS else {})


@register.simple_tag(takes_context=True)
def limit_mark(context: template.Context, limit: AccessLimit) -> SafeString | str:
    """Return the mark beside a speech that not everybody may see, "" beside others."""
    words = limit_words(context, limit)
    return format_html(' <span class="tag limit-mark">{}</span>', words) if words else ""


@register.simple_tag
def limit_choices(speech: Speech | None = None) -> dict[str, Any]:
    """Return levels (number and words) and groups (id, name, whether the speech is open to it)."""
    chosen = speech.limit.groups if speech else ()
    offered = name_groups(also=chosen)
    groups = [{"id": pk, "name": name, "chosen": pk in chosen} for pk, name in offered.items()]
    return {"levels": LEVEL_LABELS.items(), "groups": groups}


def _read_names(context: template.Context) -> Mapping[int, str]:
    """Return the names of the groups that whoever is answered may know, read once for a page."""
    request = context.get("request")
    names: dict[int, str] | None = getattr(request, "_group_names", None)
    if names is None:
        names = name_groups(every=True)
        if request is not None:
            request._group_names = names
    return names
