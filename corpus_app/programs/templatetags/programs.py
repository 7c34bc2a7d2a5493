"""What pages tell other programs."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from corpus_app.pages.speech_page import SpeechPage
from corpus_app.programs.head import write_head

register = template.Library()


@register.simple_tag(takes_context=True)
def describe_speech(context: Context, page: SpeechPage) -> SafeString:
    """Return the metadata of a speech's page for its head."""
    themes = [row.theme.name for row in page.themes]
    return write_head(page.speech, context["request"].build_absolute_uri, themes)
