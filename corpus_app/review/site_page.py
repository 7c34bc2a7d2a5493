"""What the pages of sites and their profiles show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from corpus_app.catalog.models import Speech
from corpus_app.ingest.sandbox.client import LostError
from corpus_app.ingest.site import FEWEST_FILES
from corpus_app.ingest.site_marks import is_site_name
from corpus_app.intake.models import HeadDispute, ProfileApplication, SitePage, SiteProfile
from corpus_app.intake.models.sites import SHARED, name_site
from corpus_app.intake.profiles.applying import list_left, list_undone
from corpus_app.intake.profiles.learning import find_lessons
from corpus_app.intake.rereading.choosing import list_of_site
from corpus_app.intake.rereading.describing import ShownPlan, name_field, show_plan
from corpus_app.intake.rereading.planning import plan_rereading
from corpus_app.intake.rereading.storing import load_speech
from corpus_app.intake.sites.evidence import read_profile
from corpus_app.intake.sites.naming import is_stand_in
from corpus_app.review.profile_forms import RELATIONS

LISTED: Final = 50
# Each is read while the page waits.
PREVIEWED: Final = 10
RECORDED: Final = 20


@dataclass(frozen=True)
class SiteLine:
    """A site: how many files are known of it, and its profiles, the one that holds first."""

    site: str
    files: int
    profiles: list[SiteProfile]

    @property
    def name(self) -> str:
        """What pages call it."""
        return name_site(self.site)


@dataclass(frozen=True)
class ShownValue:
    """A value of a profile in words: the field, where it stands, beside which words."""

    name: str
    relation: str
    words: str
    distance: int


@dataclass(frozen=True)
class ProfileDesk:
    """Everything that review/profile.html shows."""

    profile: SiteProfile
    values: list[ShownValue]
    files: int
    left: int
    undone: int
    page: Page[Any] | None
    plans: list[ShownPlan]
    record: Page[ProfileApplication]


def list_sites(number: str | None) -> tuple[Page[Any], list[SiteLine]]:
    """Return a page of the sites with the most files, and each with its profiles.

    What an earlier reader took for a source and is none (a time, a button, a person) is no site;
    files that only came together are one where somebody made a profile of them.
    """
    counted = SitePage.objects.exclude(site="").order_by().values_list("site")
    rows: QuerySet[SitePage, Any] = counted.annotate(files=Count("pk")).order_by("-files", "site")
    profiled = set(SiteProfile.objects.values_list("site", flat=True))
    listed = [row for row in rows if row[0] in profiled or _is_site(*row)]
    page = Paginator(listed, LISTED).get_page(number)
    sites = [site for site, _files in page.object_list]
    profiles: dict[str, list[SiteProfile]] = {site: [] for site in sites}
    for profile in SiteProfile.objects.filter(site__in=sites).order_by("state", "-pk"):
        profiles[profile.site].append(profile)
    return page, [SiteLine(site, files, profiles[site]) for site, files in page.object_list]


def _is_site(site: str, files: int) -> bool:
    if site.startswith(SHARED):
        return files >= FEWEST_FILES
    return not is_stand_in(site) and is_site_name(site)


def list_strange_profiles() -> list[SiteProfile]:
    """Return the profiles of sites of which no file is here."""
    known = SitePage.objects.exclude(site="").values("site")
    return list(SiteProfile.objects.exclude(site__in=known).order_by("site", "-pk"))


def open_profile(profile: SiteProfile, number: str | None, done: str | None) -> ProfileDesk:
    """Return the desk of a profile; number chooses the page of files, done of the record.

    What is only proposed is tried on the files of the page.
    """
    speeches = list_of_site(profile.site)
    page, plans = None, []
    if profile.state == SiteProfile.State.PROPOSED:
        page = Paginator(speeches.values_list("pk", flat=True), PREVIEWED).get_page(number)
        plans = [shown for pk in page.object_list if (shown := _try_profile(profile, pk))]
    applied = profile.state == SiteProfile.State.APPROVED
    retired = profile.state == SiteProfile.State.RETIRED
    record = profile.applications.select_related("speech", "revision", "made_by").order_by("-pk")
    return ProfileDesk(
        profile,
        show_values(profile.values),
        files=speeches.count(),
        left=list_left(profile).count() if applied else 0,
        undone=list_undone(profile).count() if retired else 0,
        page=page,
        plans=plans,
        record=Paginator(record, RECORDED).get_page(done),
    )


def show_values(values: list[dict[str, Any]]) -> list[ShownValue]:
    """Return the stored values of a profile in words."""
    return [
        ShownValue(
            name_field(value["name"]),
            str(RELATIONS[value["relation"]]),
            value["words"],
            value["distance"],
        )
        for value in values
    ]


def describe_site(speech: Speech) -> dict[str, Any]:
    """Return what the review page says of the file's site, and of a head in dispute."""
    dispute = HeadDispute.objects.filter(speech=speech).first()
    lessons = find_lessons(speech)
    names = ("name", "relation", "words", "distance")
    taught = [{n: getattr(one, n) for n in names} for one in lessons.values] if lessons else []
    disputed = dispute.fields.items() if dispute else ()
    return {
        "dispute": [(name_field(name), seen, read) for name, (seen, read) in disputed],
        "lessons": lessons,
        "lesson_values": show_values(taught),
    }


def _try_profile(profile: SiteProfile, speech_id: int) -> ShownPlan | None:
    """Return what the profile would change of a speech; None where reading it was broken off."""
    try:
        return show_plan(plan_rereading(load_speech(speech_id), read_profile(profile)))
    except (LostError, Speech.DoesNotExist):
        return None
