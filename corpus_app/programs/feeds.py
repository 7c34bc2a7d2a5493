"""Atom feeds of speeches that came online: all, those a search finds, a theme's, a slogan's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from corpus_app.catalog.days import write_day
from corpus_app.catalog.models import Speech
from corpus_app.intake.exchange.tei import clean
from corpus_app.pages.labels import name_genre
from corpus_app.programs.naming import name_speech, read_host
from corpus_app.programs.newest import list_newest
from corpus_app.slogans.models import Mention, Slogan
from corpus_app.slogans.querysets import is_readable
from corpus_app.text.excerpts import Mark, cut_excerpt
from corpus_app.themes.models import SectionTheme, Theme
from search import SearchRequest, ThemeTree, describe_filters, find_marks, find_speech_ids

# Matches of one speech that its excerpt is chosen among.
_MARKS = 200


class SpeechFeed(Feed):
    """The speeches that came online last, whose names stay whatever becomes of them."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Return what the feed is of; None for all speeches."""
        return None

    def title(self, obj: Any) -> str:
        """Return the feed's name."""
        return _("言库：新上线的讲话")

    def link(self, obj: Any) -> str:
        """Return the path of the page that shows the same."""
        return reverse("speech_list")

    def feed_guid(self, obj: Any) -> str:
        """Return the feed's name for good."""
        return f"tag:{read_host()},2026:feed:{self.link(obj)}"

    def author_name(self, obj: Any) -> str:
        """Return who gives the feed."""
        return _("言库")

    def items(self, obj: Any) -> Sequence[Speech]:
        """Return the speeches, the newest first."""
        return list_newest(Speech.objects.real())

    def item_title(self, item: Any) -> str:
        """Return a speech's title."""
        return clean(item.title)

    def item_description(self, item: Any) -> str:
        """Return what a reader goes by: day, body, kind, and how the text begins."""
        facts = [
            write_day(item.day),
            item.organisation.name if item.organisation else "",
            str(name_genre(item.genre)),
        ]
        told = " · ".join(fact for fact in facts if fact)
        return clean("\n".join(part for part in (told, self.excerpt(item)) if part))

    def excerpt(self, item: Speech) -> str:
        """Return the beginning of a speech's text, or what of it is of interest here."""
        text = item.current.text if item.current else ""
        return "".join(piece.text for piece in cut_excerpt(text, (0, len(text)), self.mark(item)))

    def mark(self, item: Speech) -> list[Mark]:
        """Return the places in the text that an excerpt should show; none for its beginning."""
        return []

    def item_guid(self, item: Any) -> str:
        """Return the speech's name for good."""
        return name_speech(item.pk)

    def item_author_name(self, item: Any) -> str | None:
        """Return who spoke, else the body."""
        party = item.speaker or item.organisation
        return clean(party.name) if party else None

    def item_pubdate(self, item: Any) -> dt.datetime:
        """Return when it came online."""
        moment: dt.datetime = item.online_at
        return moment

    def item_updateddate(self, item: Any) -> dt.datetime:
        """Return when text or metadata changed last."""
        moment: dt.datetime = max(item.touched_at, item.online_at)
        return moment


class SearchFeed(SpeechFeed):
    """The speeches that a search finds; one object for each request, for it holds the search."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> SearchRequest:
        """Return the search that the parameters name, as its page reads them."""
        self._asked = SearchRequest.from_params(request.GET).change(unit="speech", sort="relevance")
        return self._asked

    def title(self, obj: SearchRequest) -> str:
        """Return the query in words."""
        return clean(_("言库检索：%(query)s") % {"query": obj.text or _("全部讲话")})

    def subtitle(self, obj: SearchRequest) -> str:
        """Return the filters in words."""
        return clean(describe_filters(obj)) if obj.has_facets else ""

    def link(self, obj: SearchRequest) -> str:
        """Return the path of the search."""
        return f"{reverse('search')}?{obj.to_querystring()}"

    def items(self, obj: SearchRequest) -> Sequence[Speech]:
        """Return those found; QueryError where the query can't be read."""
        return list_newest(Speech.objects.filter(pk__in=find_speech_ids(obj)))

    def mark(self, item: Speech) -> list[Mark]:
        """Return where the query's words stand."""
        found = find_marks(self._asked.text, item.pk, self._asked.match)
        return [Mark(*span) for span in found[:_MARKS]]


class ThemeFeed(SpeechFeed):
    """The speeches with a section about a theme, or about one below it."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Theme:
        """Return the theme, also by the address of one that became part of it."""
        theme = get_object_or_404(Theme.every.select_related("merged_into"), slug=kwargs["slug"])
        return theme.find_successor() or theme

    def title(self, obj: Theme) -> str:
        """Return the theme's name."""
        return _("言库主题：%(name)s") % {"name": obj.name}

    def link(self, obj: Theme) -> str:
        """Return the path of the theme."""
        return obj.get_absolute_url()

    def items(self, obj: Theme) -> Sequence[Speech]:
        """Return the speeches, the newest first."""
        tags = SectionTheme.objects.about().filter(theme__in=ThemeTree.load().list_below([obj.pk]))
        return list_newest(
            Speech.objects.real().filter(current__in=tags.values("section__revision"))
        )


class SloganFeed(SpeechFeed):
    """The speeches in which a set expression stands."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Slogan:
        """Return the slogan that readers may know."""
        if kwargs["slogan_id"] >= 2**63:
            raise Http404
        slogans = Slogan.objects.select_related("merged_into")
        slogan = get_object_or_404(slogans, pk=kwargs["slogan_id"])
        slogan = slogan.find_successor() or slogan
        if not is_readable(slogan):
            raise Http404
        self._slogan = slogan
        return slogan

    def title(self, obj: Slogan) -> str:
        """Return the expression."""
        return clean(_("言库提法：%(text)s") % {"text": obj.text})

    def link(self, obj: Slogan) -> str:
        """Return the path of the expression."""
        return obj.get_absolute_url()

    def items(self, obj: Slogan) -> Sequence[Speech]:
        """Return the speeches, the newest first."""
        mentions = Mention.objects.filter(slogan=obj)
        return list_newest(Speech.objects.real().filter(current__in=mentions.values("revision")))

    def mark(self, item: Speech) -> list[Mark]:
        """Return where it stands."""
        rows = Mention.objects.filter(slogan=self._slogan, revision=item.current_id)
        return [Mark(*span) for span in rows.order_by("start").values_list("start", "end")[:_MARKS]]
