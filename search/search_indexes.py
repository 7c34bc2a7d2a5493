"""The fields of speeches and sections that Haystack gives the engine, for ranking."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet
from haystack import indexes
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.utils import get_identifier, get_model_ct

from corpus_app.catalog.models import Section, Speech
from search.index.published import list_tags

# A word in a title or heading counts as much as this many in the text.
TITLE_BOOST: Final = 4.0


class SpeechIndex(indexes.SearchIndex, indexes.Indexable):
    """A published speech: title, subtitle and current text."""

    # Not stored: what is shown is read from the database, and would double the index.
    text = indexes.CharField(document=True, stored=False)
    heading = indexes.CharField(boost=TITLE_BOOST, stored=False)
    speech = indexes.IntegerField(model_attr="pk", stored=False)
    date = indexes.DateField(model_attr="date_start", null=True, stored=False)
    organisation = indexes.CharField(null=True, faceted=True, stored=False)
    level = indexes.CharField(model_attr="level", faceted=True, stored=False)
    themes = indexes.MultiValueField()

    def get_model(self) -> type[Speech]:
        """Return the model."""
        return Speech

    def index_queryset(self, using: str | None = None) -> QuerySet[Speech]:
        """Return the speeches that are findable."""
        return (
            Speech.objects.narrow()
            .select_related("current", "organisation")
            .prefetch_related("current__sections__theme_tags__theme")
        )

    def prepare_heading(self, speech: Speech) -> str:
        """Return title and subtitle."""
        return f"{speech.title}\n{speech.subtitle}".strip()

    def prepare_text(self, speech: Speech) -> str:
        """Return title, subtitle and text."""
        body = speech.current.text if speech.current else ""
        return f"{self.prepare_heading(speech)}\n{body}"

    def prepare_organisation(self, speech: Speech) -> str | None:
        """Return the organisation's name."""
        return speech.organisation.name if speech.organisation else None

    def prepare_themes(self, speech: Speech) -> list[str]:
        """Return the names of the themes of all sections."""
        sections = speech.current.sections.all() if speech.current else ()
        return sorted({tag.theme.name for each in sections for tag in list_tags(each)})


class SectionIndex(indexes.SearchIndex, indexes.Indexable):
    """A section of a published speech's current text, with all that is inside it."""

    text = indexes.CharField(document=True, stored=False)
    heading = indexes.CharField(model_attr="heading", boost=TITLE_BOOST, stored=False)
    speech = indexes.IntegerField(model_attr="revision__speech_id", stored=False)
    date = indexes.DateField(model_attr="revision__speech__date_start", null=True, stored=False)
    organisation = indexes.CharField(null=True, faceted=True, stored=False)
    level = indexes.CharField(model_attr="revision__speech__level", faceted=True, stored=False)
    themes = indexes.MultiValueField()

    def get_model(self) -> type[Section]:
        """Return the model."""
        return Section

    def index_queryset(self, using: str | None = None) -> QuerySet[Section]:
        """Return the sections that are findable."""
        return (
            Section.objects.filter(revision__in=Speech.objects.narrow().values("current"))
            .select_related("revision__speech__organisation")
            .prefetch_related("theme_tags__theme")
        )

    def prepare(self, section: Section) -> dict[str, Any]:
        """Return the values of all fields.

        As Haystack collects them by the fields' names, in a third of the time: a corpus has many
        sections, and their speech's values are at hand.
        """
        speech = section.revision.speech
        self.prepared_data = {
            ID: get_identifier(section),
            DJANGO_CT: get_model_ct(Section),
            DJANGO_ID: str(section.pk),
            "text": self.prepare_text(section),
            "heading": section.heading,
            "speech": speech.pk,
            "date": speech.date_start,
            "organisation": self.prepare_organisation(section),
            "level": speech.level,
            "themes": self.prepare_themes(section),
        }
        # Haystack fills them from the fields they stand for.
        self.prepared_data |= {"organisation_exact": None, "level_exact": None}
        return self.prepared_data

    def prepare_text(self, section: Section) -> str:
        """Return the section's text."""
        return section.revision.text[section.start : section.end]

    def prepare_organisation(self, section: Section) -> str | None:
        """Return the name of the speech's organisation."""
        organisation = section.revision.speech.organisation
        return organisation.name if organisation else None

    def prepare_themes(self, section: Section) -> list[str]:
        """Return the names of the section's themes."""
        return sorted(tag.theme.name for tag in list_tags(section))
