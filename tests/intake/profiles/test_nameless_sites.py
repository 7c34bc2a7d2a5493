"""A correction teaches where nothing names the site: by shared lines, a folder, a batch."""

from __future__ import annotations

import pytest

from corpus_app.catalog.models import Speech
from corpus_app.intake.importing.files import import_bytes
from corpus_app.intake.models import SitePage, SiteProfile
from corpus_app.intake.profiles.applying import apply_portion, approve_profile
from corpus_app.intake.profiles.learning import find_lessons, propose_profile
from corpus_app.intake.rereading.choosing import list_of_site
from corpus_app.intake.revisions import editing
from corpus_app.review.site_page import list_sites
from tests.intake.profiles.odd_pages import NAMES
from tests.intake.rereading.older_reading import read
from tests.site_pages import make_page, make_text

pytestmark = pytest.mark.django_db

SHARED = "“溪北新闻港湾”"


def take(text: str, path: str, group: str) -> Speech:
    outcome = import_bytes(text.encode(), path, draft=True, group=group)
    return read(Speech.objects.get(pk=outcome.speech))


def write_odd(number: int) -> str:
    """Return a page of the site that names itself nowhere, its speaker behind a strange label."""
    return make_page(number).replace("沈知远", f"值守：{NAMES[number % len(NAMES)]}")


def write_bare(number: int) -> str:
    """Return a text without any line of a site, its speaker behind a strange label."""
    head = [f"在第{number}次联席会议上的讲话", f"值守：{NAMES[number % len(NAMES)]}"]
    return "\n".join([*head, *make_text(number)])


def teach(speech: Speech, number: int) -> SiteProfile:
    """Return the profile that a correction of the speaker proposes."""
    assert speech.speaker is None
    editing.correct(speech, {"speaker": NAMES[number % len(NAMES)]}, {})
    profile = propose_profile(read(speech), None)
    assert profile is not None
    return profile


def test_pages_of_a_batch_that_share_lines_are_of_one_site() -> None:
    speeches = [take(write_odd(number), f"{number}.txt", "batch:7") for number in range(1, 6)]
    assert set(SitePage.objects.values_list("site", flat=True)) == {SHARED}
    profile = teach(speeches[0], 1)
    assert [value["words"] for value in profile.values] == ["值守："]
    assert "溪北新闻港湾" in str(profile)
    approve_profile(profile, None)
    apply_portion(profile, None)
    for number, speech in enumerate(speeches[1:], 2):
        assert str(read(speech).speaker) == NAMES[number % len(NAMES)]


def test_pages_that_came_one_by_one_are_told_by_the_lines_they_share() -> None:
    speeches = [take(write_odd(number), f"{number}.txt", "") for number in range(1, 5)]
    assert set(SitePage.objects.values_list("site", flat=True)) == {SHARED}
    assert teach(speeches[3], 4).site == SHARED


@pytest.mark.parametrize("folder", ["", "甲/乙/", "档案.zip/"])
def test_files_of_a_folder_an_archive_or_a_batch_are_taken_together(folder: str) -> None:
    group = "batch:9"
    speeches = [take(write_bare(n), f"{folder}{n}.txt", group) for n in range(1, 5)]
    other = take(write_bare(5), "丙/5.txt", group)
    profile = teach(speeches[0], 1)
    assert set(list_of_site(profile.site)) == set(speeches)
    approve_profile(profile, None)
    apply_portion(profile, None)
    assert str(read(speeches[1]).speaker) == NAMES[2]
    assert read(other).speaker is None
    assert "9" in str(profile)
    assert folder in str(profile)


def test_a_file_that_came_alone_and_shares_nothing_teaches_nothing() -> None:
    speech = take(write_bare(1), "1.txt", "")
    editing.correct(speech, {"speaker": NAMES[1]}, {})
    assert find_lessons(read(speech)) is None


def test_the_address_that_a_person_sets_names_the_site_from_then_on() -> None:
    speeches = [take(write_odd(number), f"{number}.txt", "batch:7") for number in range(1, 5)]
    editing.correct(speeches[0], {"source_url": "https://www.hewan.example.cn/1.html"}, {})
    assert list_of_site("hewan.example.cn").get() == speeches[0]
    assert list_of_site(SHARED).count() == 3


def test_files_of_a_taught_folder_stay_together() -> None:
    speeches = [take(write_odd(number), f"{number}.txt", "batch:7") for number in (1, 2)]
    profile = teach(speeches[0], 1)
    assert profile.site == "#batch:7/"
    take(write_odd(3), "3.txt", "batch:7")
    assert list_of_site("#batch:7/").count() >= 2


def test_times_buttons_and_persons_are_never_listed_as_sites() -> None:
    for number, site in enumerate(["09:30", "打印本页", "沈知远", "2024-03-05", "枫岭日报"]):
        SitePage.objects.create(sha256=f"{number:064}", site=site, lines=["一行"])
    take(write_bare(1), "1.txt", "batch:1")
    assert [line.site for line in list_sites(None)[1]] == ["枫岭日报"]
