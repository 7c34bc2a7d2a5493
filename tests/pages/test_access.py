"""Every address for every kind of user: what is answered."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import get_resolver, reverse

from corpus_app.catalog.models import Speech
from search import rebuild_index
from tests.pages.addresses import list_accounts, list_desk, list_intake, list_reading

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "reader", "clerk", "editor", "admin")
REGISTRY = ("theme", "theme_new", "slogan", "slogan_new", "themes", "slogans", "changes", "change")
EVERYONE = (200, 200, 200, 200, 200)
# Address name → status for anonymous, reader, clerk, editor, admin; 302 leads to the login.
TABLE = {
    **dict.fromkeys(("home", "search", "search_export", "suggest", "subcorpus"), EVERYONE),
    **dict.fromkeys(("concordance", "trends", "breakdown", "dispersion", "spread"), EVERYONE),
    **dict.fromkeys(("subcorpora", "subcorpus_new"), (302, 200, 200, 200, 200)),
    # Nothing asked for, nothing to export.
    **dict.fromkeys(("concordance_export", "collocates_export", "forms_export"), (400,) * 5),
    **dict.fromkeys(
        (f"{name}_export" for name in ("trends", "breakdown", "dispersion", "spread")), (400,) * 5
    ),
    **dict.fromkeys(("collocates", "forms", "keywords", "ngrams"), EVERYONE),
    **dict.fromkeys(("keywords_export", "ngrams_export", "speech_list"), EVERYONE),
    **dict.fromkeys(("speech", "speech_reuse", "speech_reuse_export"), EVERYONE),
    **dict.fromkeys(("speech_format", "robots", "sitemap", "sitemap_part"), EVERYONE),
    "similar_words": EVERYONE,
    "similar_words_export": (400,) * 5,
    # A speech beside itself.
    **dict.fromkeys(("speech_comparison", "speech_comparison_export"), (404,) * 5),
    **dict.fromkeys(("opensearch", "oai", "speech_compare"), EVERYONE),
    **dict.fromkeys(("speech_feed", "search_feed", "theme_feed", "slogan_feed"), EVERYONE),
    "section": (302, 302, 302, 302, 302),
    "speech_original": (302, 403, 403, 200, 200),
    "speech_reuse_pair": (404, 404, 404, 404, 404),  # a speech beside itself
    **dict.fromkeys(("theme_list", "theme", "slogan_list", "numbers", "slogan"), EVERYONE),
    **dict.fromkeys(("outline_bench", "openings", "parallels", "skeleton_text"), EVERYONE),
    "login": EVERYONE,
    # Nobody has given a password yet: back to the first step; a made-up link is void.
    "sign_in_code": (302, 302, 302, 302, 302),
    "set_password": EVERYONE,
    **dict.fromkeys(("account", "check", "password"), (302, 200, 200, 200, 200)),
    **dict.fromkeys(("saved_drafts", "dismissed_findings"), (302, 200, 200, 200, 200)),
    "saved_draft": (302, 404, 404, 404, 404),  # somebody else's: not even admins are told of it
    **dict.fromkeys(("checked_text", "revised_text", "saved_draft_delete", "mcp"), (405,) * 5),
    "session_end": (405, 405, 405, 405, 405),
    "two_factor": (302, 200, 200, 200, 200),
    "users": (302, 403, 403, 403, 200),
    "user_new": (302, 403, 403, 403, 200),
    "user": (302, 403, 403, 403, 200),
    "user_change": (405, 405, 405, 405, 405),
    "group_change": (405, 405, 405, 405, 405),
    # The last is told by where it is asked from, and the tests ask from here.
    **dict.fromkeys(("healthz", "readyz", "metrics"), EVERYONE),
    **dict.fromkeys(("health", "laws", "groups", "group"), (302, 403, 403, 403, 200)),
    **dict.fromkeys(("record", "record_export", "samples_remove"), (302, 403, 403, 403, 200)),
    "upload": (302, 403, 403, 200, 200),
    "paste": (405, 405, 405, 405, 405),
    "batch_list": (302, 403, 403, 200, 200),
    "batch": (302, 403, 403, 200, 200),
    "batch_change": (405, 405, 405, 405, 405),
    # No table waits in the batch: there is nothing to set up.
    "batch_table": (302, 403, 403, 302, 302),
    "rereadings": (302, 403, 403, 200, 200),
    # Nothing named, nothing to read again.
    "rereading_new": (302, 403, 403, 302, 302),
    "rereading": (302, 403, 403, 200, 200),
    "rereading_stop": (405, 405, 405, 405, 405),
    # Asked by scripts: they are told what is wrong, not led to a page.
    "batch_new": (405, 405, 405, 405, 405),
    "batch_files": (401, 403, 403, 200, 200),
    "piece_uploads": (401, 403, 403, 200, 200),
    # A piece is put, its place asked for: there is no page of it.
    "piece_upload": (405, 405, 405, 405, 405),
    "piece_upload_forget": (405, 405, 405, 405, 405),
    "batch_progress": (401, 403, 403, 200, 200),
    "batch_bell": (401, 403, 403, 200, 200),
    "fetch": (405, 405, 405, 405, 405),
    "review": (302, 403, 403, 200, 200),
    "queue": (302, 403, 403, 200, 200),
    "queue_next": (302, 403, 403, 302, 302),
    "queue_look": (405, 405, 405, 405, 405),
    "bulk": (302, 403, 403, 200, 200),
    "bulk_table": (302, 403, 403, 200, 200),
    "bulk_table_rows": (302, 403, 403, 200, 200),
    "bulk_new": (405, 405, 405, 405, 405),
    "bulk_change": (302, 403, 403, 200, 200),
    "bulk_run": (405, 405, 405, 405, 405),
    "rules": (302, 403, 403, 200, 200),
    "rule_new": (302, 403, 403, 200, 200),
    "rule": (302, 403, 403, 200, 200),
    "rule_change": (405, 405, 405, 405, 405),
    **{f"registry_{name}": (302, 403, 403, 200, 200) for name in REGISTRY},
    "registry_run": (405, 405, 405, 405, 405),
    "sites": (302, 403, 403, 200, 200),
    "profile_propose": (405, 405, 405, 405, 405),
    "profile": (302, 403, 403, 200, 200),
    "profile_change": (405, 405, 405, 405, 405),
    "profiles_export": (302, 403, 403, 200, 200),
    "profiles_import": (405, 405, 405, 405, 405),
    **dict.fromkeys(("review_head", "review_access", "review_text"), (405, 405, 405, 405, 405)),
    "review_difference": (302, 403, 403, 200, 200),
    "review_outline": (405, 405, 405, 405, 405),
    "compare": (302, 403, 403, 200, 200),
    "fill_gaps": (302, 403, 403, 200, 200),
    "part_speeches": (405, 405, 405, 405, 405),
    **dict.fromkeys(("review_file", "review_split"), (405, 405, 405, 405, 405)),
    **dict.fromkeys(("review_mention", "review_theme", "subcorpus_change"), (405,) * 5),
    # Which theme and section it is about stands behind the question mark.
    "theme_similar": (302, 403, 403, 404, 404),
    "review_history": (302, 403, 403, 200, 200),
    "review_restore": (405, 405, 405, 405, 405),
    "permalink": (302, 302, 302, 302, 302),
    "cite": EVERYONE,
    "basket_list": (302, 200, 200, 200, 200),
    # Others' baskets are not found; a shared one is read by whoever is logged in.
    "basket": (302, 404, 404, 404, 404),
    "basket_print": (302, 404, 404, 404, 404),
    "basket_export": (302, 404, 404, 404, 404),
    "basket_shared": (302, 200, 200, 200, 200),
    "basket_shared_export": (302, 200, 200, 200, 200),
    "gather": (405, 405, 405, 405, 405),
    "gather_outline": (405, 405, 405, 405, 405),
    "basket_new": (405, 405, 405, 405, 405),
    "basket_change": (405, 405, 405, 405, 405),
    "entry_change": (405, 405, 405, 405, 405),
    "logout": (405, 405, 405, 405, 405),
    "set_language": (302, 302, 302, 302, 302),
}


# Who may post to an address: all other addresses answer no post at all.
POSTS = {
    "upload": "editors",
    "paste": "editors",
    "fetch": "editors",
    "batch_new": "editors",
    "batch_files": "editors",
    "piece_uploads": "editors",
    "piece_upload_forget": "editors",
    "batch_change": "editors",
    "batch_table": "editors",
    "review": "editors",
    "review_text": "editors",
    "review_outline": "editors",
    "review_restore": "editors",
    "compare": "editors",
    "fill_gaps": "editors",
    "part_speeches": "editors",
    "review_file": "editors",
    "review_split": "editors",
    "review_mention": "editors",
    "review_theme": "editors",
    "theme_similar": "editors",
    **dict.fromkeys(("samples_remove", "health", "laws"), "admins"),
    "queue_look": "editors",
    "bulk_new": "editors",
    "bulk_table": "editors",
    "bulk_run": "editors",
    "rule_new": "editors",
    "rule": "editors",
    "rule_change": "editors",
    **{f"registry_{name}": "editors" for name in (*REGISTRY[:4], "run")},
    "rereading_new": "editors",
    "rereading_stop": "editors",
    "profile_propose": "editors",
    "profile": "editors",
    "profile_change": "editors",
    "profiles_import": "editors",
    "review_head": "editors",
    "review_access": "editors",
    "gather": "users",
    "gather_outline": "users",
    "basket_new": "users",
    "basket_change": "users",
    "entry_change": "users",
    **dict.fromkeys(("check", "checked_text", "revised_text", "saved_drafts"), "users"),
    **dict.fromkeys(("saved_draft_delete", "dismissed_findings", "password"), "users"),
    **dict.fromkeys(("session_end", "two_factor", "subcorpus_new", "subcorpus_change"), "users"),
    "user_new": "admins",
    "user_change": "admins",
    "groups": "admins",
    "group_change": "admins",
    "sign_in_code": "everyone",
    "set_password": "everyone",
    "login": "everyone",
    **dict.fromkeys(("oai", "mcp"), "everyone"),
    "logout": "everyone",
    "set_language": "everyone",
}
# Long questions are posted there; nothing is changed.
READ_BY_POST = {"oai", "mcp"}
MAY_POST = {
    "admins": {"admin"},
    "editors": {"editor", "admin"},
    "users": set(ROLES[1:]),
    "everyone": set(ROLES),
}


@pytest.fixture
def addresses(speech: Speech) -> dict[str, str]:
    arguments = list_reading(speech) | list_desk(speech) | list_intake(speech)
    arguments |= list_accounts()
    found = {name: reverse(name, args=arguments.get(name, [])) for name in TABLE}
    return found | {"cite": f"{found['cite']}?speech={speech.pk}&section=1"}


def count_rows() -> dict[str, int]:
    """Return how many rows each of our models has."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("corpus_app.")]
    return {m._meta.label: m._default_manager.count() for m in ours}


def sign_in(client: Client, role: str) -> None:
    if role == "anonymous":
        return
    user, _made = User.objects.get_or_create(username=f"user-{role}")
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)


def test_the_table_knows_every_named_address() -> None:
    named = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert named == set(TABLE)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(
    client: Client, addresses: dict[str, str], role: str
) -> None:
    rebuild_index()
    sign_in(client, role)
    given = {name: client.get(address).status_code for name, address in addresses.items()}
    expected = {name: row[ROLES.index(role)] for name, row in TABLE.items()}
    assert given == expected


@pytest.mark.parametrize("role", ROLES)
def test_each_role_posts_only_where_it_may(
    client: Client, addresses: dict[str, str], role: str
) -> None:
    sign_in(client, role)
    before = count_rows()
    for name, address in addresses.items():
        answer = client.post(address)
        if name not in POSTS:
            assert answer.status_code == 405, name
        elif role not in MAY_POST[POSTS[name]]:
            assert answer.status_code in (302, 401, 403), name
            assert answer.status_code != 302 or "/login/" in answer.headers["Location"], name
        else:
            assert answer.status_code not in (401, 403, 405, 500), name
        if name == "logout":
            sign_in(client, role)
    if role in ("anonymous", "reader", "clerk"):
        after = count_rows()
        changed = {label for label in before if before[label] != after[label]}
        # The failed sign-in is recorded, and that somebody went out; harvesting keeps its records.
        kept = {"programs.HarvestRecord", "programs.HarvestPosition"}
        assert changed <= {"desk.Basket", "access.Activity", "accounts.Session", *kept}


def test_no_post_is_taken_without_its_token(addresses: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(client, "editor")
    for name in set(POSTS) - READ_BY_POST:
        assert client.post(addresses[name]).status_code == 403, name


@pytest.mark.parametrize("role", ["anonymous", "reader", "clerk"])
@pytest.mark.parametrize("path", ["", "catalog/speech/", "catalog/upload/", "catalog/revision/"])
def test_the_administration_lets_no_others_in(client: Client, role: str, path: str) -> None:
    sign_in(client, role)
    assert client.get(f"/admin/{path}").status_code == 302


@pytest.mark.parametrize(("role", "seen"), [("anonymous", 404), ("clerk", 404), ("editor", 200)])
def test_a_draft_is_seen_by_editors_only(
    client: Client, draft: Speech, role: str, seen: int
) -> None:
    sign_in(client, role)
    assert client.get(f"/speeches/{draft.pk}/").status_code == seen


def test_the_original_comes_as_it_was_received_and_never_as_a_page(
    client: Client, speech: Speech
) -> None:
    sign_in(client, "editor")
    response = client.get(f"/speeches/{speech.pk}/original/")
    assert b"".join(response.streaming_content).decode() == speech.current.raw
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
