"""Who may see many speeches, set at once; and lists that say it."""

from __future__ import annotations

import pytest

from corpus_app.access.models import UserGroup
from corpus_app.catalog.limits import GROUPS, INTERNAL, PUBLIC, AccessLimit
from corpus_app.catalog.models import Source, Speech
from corpus_app.intake.revisions.editing import limit_access
from corpus_app.review.bulk.applying import work_off
from corpus_app.review.models import BulkChange
from search import rebuild_index
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.intake.people import enter
from tests.review.bulk_client import read, run, send

pytestmark = pytest.mark.django_db


def test_a_limit_is_set_on_a_list_seen_beforehand_and_undone_once() -> None:
    group = UserGroup.objects.create(name="财经组")
    speeches = [store(text, f"{at}.txt") for at, text in enumerate((WORK_CONFERENCE, TRAINING))]
    already = speeches[1]
    already.limit = AccessLimit(GROUPS, (group.pk,))
    already.save()
    editor = enter("editor")
    chosen = {"speech": ",".join(str(one.pk) for one in speeches), "action": "preview"}
    wrong = send(editor, **chosen, limit="groups")
    assert wrong.status_code == 422
    assert "请至少选择一个用户组" in wrong.content.decode()
    send(editor, **chosen, limit="groups", group=str(group.pk), set_licence="on", licence="限内部")
    change = BulkChange.objects.get()
    page = read(editor, change)
    assert "可见范围：用户组“财经组”" in page
    assert "公开" in page
    assert change.items.filter(after__has_key="limit").count() == 1
    run(editor, change, "apply")
    first = Speech.objects.get(pk=speeches[0].pk)
    assert (first.limit, first.licence) == (already.limit, "限内部")
    assert first.history.first().history_change_reason == f"批量改动 {change.pk}"
    # Whoever was in between keeps what they set; the others are as they were.
    limit_access(Speech.objects.get(pk=already.pk), AccessLimit(INTERNAL))
    run(editor, change, "undo")
    limits = [Speech.objects.get(pk=one.pk).limit.access for one in speeches]
    assert limits == [PUBLIC, INTERNAL]


def test_lists_are_narrowed_by_limit_and_source_and_say_the_limit() -> None:
    group = UserGroup.objects.create(name="财经组")
    one, two = store(WORK_CONFERENCE), store(TRAINING)
    two.source = Source.objects.create(name="蒲原日报")
    two.limit = AccessLimit(GROUPS, (group.pk,))
    two.save()
    rebuild_index()
    editor = enter("editor")

    def list_titles(query: str) -> set[int]:
        page = editor.get(f"/intake/queue/?status=all&view=all&{query}").content.decode()
        return {one.pk for one in (one, two) if f'href="/intake/{one.pk}/"' in page}

    assert list_titles("") == {one.pk, two.pk} == list_titles("limit=nonsense")
    for query in (f"source={two.source.pk}", "limit=groups", f"limit=group-{group.pk}"):
        assert list_titles(query) == {two.pk}, query
    assert list_titles("limit=public") == {one.pk}
    mark = '<span class="tag limit-mark">用户组“财经组”</span>'
    for address in (
        *("/", "/speeches/", "/search/?q=代表", "/concordance/?q=代表", "/structure/openings/"),
        *("/structure/", "/intake/queue/?status=all&view=all"),
    ):
        assert mark in editor.get(address).content.decode(), address


def test_what_nobody_would_wait_for_is_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_app.review.bulk.applying.MOST_IN_PAGE", 1)
    speeches = [store(WORK_CONFERENCE), store(TRAINING)]
    editor = enter("editor")
    send(
        editor,
        speech=",".join(str(one.pk) for one in speeches),
        action="preview",
        limit="internal",
    )
    change = BulkChange.objects.get()
    run(editor, change, "apply")
    assert "后台正在处理" in read(editor, change)
    assert Speech.objects.filter(access=PUBLIC).count() == 2
    while work_off():
        pass
    assert Speech.objects.filter(access=INTERNAL).count() == 2
