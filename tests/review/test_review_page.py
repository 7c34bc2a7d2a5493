"""Uploading and reviewing in the browser's terms."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech, Upload
from corpus_app.ingest.draft import Removed
from corpus_app.intake.revisions.decisions import SetValue
from corpus_app.intake.revisions.revising import revise_text
from corpus_app.themes.models import SectionTheme, Theme, ThemePin, ThemeTerm
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter
from tests.intake.scraped import current, find
from tests.intake.unclear_heads import TITLE, UNCLEAR, store_unread

pytestmark = pytest.mark.django_db

CORRECTED = WORK_CONFERENCE.replace("二十二个站点", "二十三个站点")


def send(client: Client, data: bytes, name: str = "讲话.txt") -> Any:
    return client.post("/intake/", {"file": SimpleUploadedFile(name, data)})


def collect(speech: Speech, **changes: str) -> dict[str, str]:
    return {**read_fields(speech), **changes}


@pytest.mark.parametrize("path", ["/intake/", "/intake/{id}/"])
@pytest.mark.parametrize(
    ("role", "status"),
    [("", 302), ("reader", 403), ("clerk", 403), ("editor", 200), ("admin", 200)],
)
def test_only_editors_and_admins_come_in(path: str, role: str, status: int) -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    response = enter(role).get(path.format(id=speech.pk))
    assert response.status_code == status
    if not role:
        assert response.headers["Location"].startswith("/login/")


@pytest.mark.parametrize("role", ["", "reader", "clerk"])
def test_others_can_post_nothing(role: str) -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    client = enter(role)
    assert send(client, b"text").status_code in (302, 403)
    posted = collect(speech, action="publish")
    assert client.post(f"/intake/{speech.pk}/", posted).status_code in (302, 403)
    speech.refresh_from_db()
    assert speech.status == "draft"
    assert Upload.objects.count() == 1


def test_an_uploaded_file_becomes_a_draft_with_its_uploader() -> None:
    client = enter("editor")
    response = send(client, WORK_CONFERENCE.encode())
    speech = Speech.objects.get()
    assert response.headers["Location"] == f"/intake/{speech.pk}/"
    assert speech.status == "draft"
    assert str(Upload.objects.get().received_from) == "editor"
    assert speech.title in client.get("/intake/").content.decode()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [(b"", "a.txt", "空"), (b"PK\x03\x04nozip", "a.docx", "docx"), (b"\x00" * 600, "a.bin", "")],
)
def test_a_refused_file_is_said_on_the_form_and_not_kept(
    data: bytes, name: str, words: str
) -> None:
    response = send(enter("editor"), data, name)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert words in response.content.decode()
    assert not Upload.objects.exists()


def test_no_file_is_an_error_on_the_form() -> None:
    response = enter("editor").post("/intake/", {})
    assert response.status_code == 422
    assert "请选择一个文件" in response.content.decode()


def test_a_known_file_leads_to_its_speech() -> None:
    speech = store(WORK_CONFERENCE)
    client = enter("editor")
    response = send(client, WORK_CONFERENCE.encode())
    assert response.headers["Location"] == f"/intake/{speech.pk}/"
    assert "完全相同" in client.get(response.headers["Location"]).content.decode()
    assert Speech.objects.count() == 1


def read_column(page: str, name: str) -> str:
    """Return what a column shows, without the marks set between, white space aside."""
    cells = re.findall(rf'data-column="{name}"[^>]*>(.*?)</div>', page, re.S)
    bare = re.sub(r"<summary.*?</summary>", "", "".join(cells), flags=re.S)
    bare = re.sub(r'<span\s+class="(section|gap)-mark.*?</span\s*>', "", bare, flags=re.S)
    return re.sub(r"<[^>]+>|\s", "", html.unescape(bare))


def test_the_review_shows_every_character_of_both_texts() -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    page = enter("editor").get(f"/intake/{speech.pk}/").content.decode()
    assert speech.current is not None
    assert read_column(page, "raw") == re.sub(r"\s", "", speech.current.raw)
    assert read_column(page, "clean") == re.sub(r"\s", "", speech.current.text)
    assert page.count('name="restore"') == len(speech.current.removed)


def test_the_review_shows_gaps_missing_points_and_suspects() -> None:
    start = WORK_CONFERENCE.index("二、发展")
    end = WORK_CONFERENCE.index("三、加强")
    hidden = "---此处隐藏4864字,下载后查看---\n"
    text = WORK_CONFERENCE[:start] + hidden + WORK_CONFERENCE[end:]
    text = text.replace("凡属重大事项", "认真学习近平总书记重要讲话，凡属重大事项")
    speech = store(text, draft=True)
    page = enter("editor").get(f"/intake/{speech.pk}/").content.decode()
    assert "gap-mark" in page
    assert "4864" in page
    assert "缺第 2 个" in page


def test_publishing_saves_the_corrections_and_shows_the_speech() -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    posted = collect(speech, action="publish", title="改过的题目", delivered="2023-05")
    response = enter("editor").post(f"/intake/{speech.pk}/", posted)
    assert response.headers["Location"] == f"/speeches/{speech.pk}/"
    speech.refresh_from_db()
    assert (speech.status, speech.title, speech.delivered) == ("published", "改过的题目", "2023-05")


@pytest.mark.parametrize(("action", "status"), [("withdraw", "withdrawn"), ("draft", "draft")])
def test_a_published_speech_can_be_taken_back(action: str, status: str) -> None:
    speech = store(WORK_CONFERENCE)
    enter("editor").post(f"/intake/{speech.pk}/", collect(speech, action=action))
    speech.refresh_from_db()
    assert speech.status == status


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "长" * 301),
        ("delivered", "2023-02-30"),
        ("source_url", "javascript:alert(1)"),
        ("level", "galaxy"),
    ],
)
def test_a_wrong_value_changes_nothing_and_keeps_what_was_typed(field: str, value: str) -> None:
    speech = store(WORK_CONFERENCE, draft=True)
    posted = collect(speech, action="publish", occasion="新场合") | {field: value}
    response = enter("editor").post(f"/intake/{speech.pk}/", posted)
    assert response.status_code == 422
    assert "新场合" in response.content.decode()
    speech.refresh_from_db()
    assert speech.status == "draft"
    assert speech.occasion != "新场合"


def test_themes_are_shown_with_evidence_and_can_be_pinned_and_excluded() -> None:
    found = Theme.objects.create(slug="a", name="代表家站")
    wanted = Theme.objects.create(slug="b", name="机关党建")
    ThemeTerm.objects.create(theme=found, text="代表家站", weight=3)
    speech = store(WORK_CONFERENCE, draft=True)
    client = enter("editor")
    assert "代表家站 ×3" in client.get(f"/intake/{speech.pk}/").content.decode()
    decisions = {f"theme-{found.pk}": "exclude", f"theme-{wanted.pk}": "pin"}
    client.post(f"/intake/{speech.pk}/", collect(speech, action="draft") | decisions)
    assert set(ThemePin.objects.values_list("theme__slug", "decision")) == {
        ("a", "exclude"),
        ("b", "pin"),
    }
    assert [tag.theme for tag in SectionTheme.objects.all()] == [wanted]
    undone = {f"theme-{found.pk}": "", f"theme-{wanted.pk}": "nonsense"}
    client.post(f"/intake/{speech.pk}/", collect(speech, action="draft") | undone)
    assert not ThemePin.objects.exists()
    assert {tag.theme for tag in SectionTheme.objects.all()} == {found}


def test_a_like_draft_is_shown_with_what_it_resembles() -> None:
    speech = store(WORK_CONFERENCE, "a.txt")
    draft = store(CORRECTED, "b.txt")
    page = enter("editor").get(f"/intake/{draft.pk}/").content.decode()
    assert f'href="/intake/{speech.pk}/"' in page


def test_looking_writes_nothing(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    speech = store(WORK_CONFERENCE, draft=True)
    before = speech.changed_at
    client = enter("editor")
    with django_assert_max_num_queries(32) as queries:
        client.get(f"/intake/{speech.pk}/")
    verbs = {query["sql"].split()[0] for query in queries.captured_queries}
    assert verbs == {"SELECT"}
    speech.refresh_from_db()
    assert speech.changed_at == before


def test_lines_that_nobody_understood_are_counted_and_marked_where_they_stand() -> None:
    speech = store_unread()
    client = enter("editor")
    page = html.unescape(client.get(f"/intake/{speech.pk}/").content.decode())
    marked = re.findall(r'class="raw-text unread-line".*?>([^<]+)</div>', page, re.S)
    assert f"页首有 {len(marked)} 行未读懂" in page
    assert TITLE in marked
    # What stands in the raw column is never said to be missing from the file.
    for untrue in ("文件没有标题", "原文未见"):
        assert untrue not in page


def test_words_that_were_read_in_place_of_a_title_that_was_set_are_told() -> None:
    speech = store(f"让每条意见都有着落\n{UNCLEAR}", draft=True)
    base = current(speech)
    start, end = find(base.raw, TITLE)
    span = Removed("title", TITLE, start, end, "editor")
    revise_text(speech, 1, [], [span], values=[SetValue("title", TITLE, (start, end))])
    page = html.unescape(enter("editor").get(f"/intake/{speech.pk}/").content.decode())
    assert 'data-note="未读懂"' in page
