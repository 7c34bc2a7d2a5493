"""Writing on baskets: gathering, ordering, noting, undoing."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings, strategies as st

from corpus_app.catalog.models import Speech
from corpus_app.desk import services
from corpus_app.desk.journal import KEPT_CHANGES, find_last_change, undo_last_change
from corpus_app.desk.models import Basket, Entry
from tests.desk.baskets import fill, list_present, list_words, take

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def basket(clerk: User, speech: Speech) -> Basket:
    return fill(clerk, *(take(speech, key) for key in ("1.1", "1.2", "2.1", "2.2")))


def test_what_is_gathered_stays_as_it_was_read(clerk: User, speech: Speech) -> None:
    passage = take(speech, "2.1")
    basket = fill(clerk, passage)
    speech.delete()
    entry = list_present(basket)[0]
    assert entry.words == passage.words
    assert entry.speech is None
    assert entry.item["title"] == "在青芜县人大工作会议上的讲话"


def test_entries_move_up_and_down_and_stop_at_the_border(basket: Basket) -> None:
    one, two, three, four = list_words(basket)
    entries = list_present(basket)
    services.move_entry(entries[2], -1)
    assert list_words(basket) == [one, three, two, four]
    services.move_entry(entries[3], 1)
    services.move_entry(entries[0], -1)
    assert list_words(basket) == [one, three, two, four]


def test_an_order_puts_what_it_names_first_and_ignores_strangers(basket: Basket) -> None:
    entries = list_present(basket)
    services.order_entries(basket, [entries[3].pk, 10**9, entries[1].pk])
    assert [e.pk for e in list_present(basket)] == [entries[n].pk for n in (3, 1, 0, 2)]


def test_a_note_that_saves_itself_does_not_take_a_move_back(basket: Basket) -> None:
    one, two = list_present(basket)[:2]
    # Read before the move, written after it, as two requests at once do.
    late = Entry.objects.select_related("basket").get(pk=two.pk)
    services.write_note(two, "放在开头")
    services.move_entry(two, -1)
    services.write_note(late, "放在开头")
    assert list_present(basket)[:2] == [two, one]
    labels = list(basket.changes.order_by("-pk").values_list("label", flat=True)[:2])
    assert labels == ["调整次序", "修改批注"]


def test_what_one_page_writes_another_that_was_read_before_leaves(basket: Basket) -> None:
    late = Basket.objects.get(pk=basket.pk)
    entry = list_present(late)[0]
    services.rename_basket(basket, "会议材料")
    token = services.share_basket(basket)
    services.write_note(entry, "可引用")
    services.add_heading(late, "一、总的要求")
    services.order_entries(late, [each.pk for each in reversed(list_present(late))])
    assert services.share_basket(late) == token
    basket.refresh_from_db()
    assert (basket.name, basket.token) == ("会议材料", token)
    stale = Entry.objects.select_related("basket").get(pk=entry.pk)
    services.remove_entry(entry)
    services.write_note(stale, "移除之后")
    assert entry not in list_present(basket)


def test_a_removed_entry_comes_back_where_it_was(basket: Basket) -> None:
    before = list_words(basket)
    services.remove_entry(list_present(basket)[1])
    assert len(list_words(basket)) == 3
    assert undo_last_change(basket) == "移除"
    assert list_words(basket) == before


def test_undoing_goes_back_step_by_step_to_the_empty_basket(basket: Basket) -> None:
    counts = []
    while undo_last_change(basket):
        counts.append(len(list_words(basket)))
    assert counts == [3, 2, 1, 0]
    assert find_last_change(basket) is None


def test_what_changes_nothing_leaves_nothing_to_undo(basket: Basket) -> None:
    before = find_last_change(basket)
    services.rename_basket(basket, basket.name)
    services.write_note(list_present(basket)[0], "  ")
    services.order_entries(basket, [e.pk for e in list_present(basket)])
    assert find_last_change(basket) == before


@FEW
@given(
    st.lists(
        st.tuples(st.sampled_from(["up", "down", "remove", "note", "head"]), st.integers(0, 9)),
        max_size=8,
    )
)
def test_any_changes_can_all_be_undone(
    clerk: User, speech: Speech, steps: list[tuple[str, int]]
) -> None:
    basket = fill(clerk, *(take(speech, key) for key in ("1", "2", "3")))

    def read() -> list[tuple[str, str]]:
        return [(entry.words, entry.note) for entry in list_present(basket)]

    states = []
    for action, number in steps:
        present = list_present(basket)
        if not present:
            break
        entry = present[number % len(present)]
        before, last = read(), find_last_change(basket)
        if action == "up":
            services.move_entry(entry, -1)
        elif action == "down":
            services.move_entry(entry, 1)
        elif action == "remove":
            services.remove_entry(entry)
        elif action == "note":
            services.write_note(entry, f"批注{number}")
        else:
            services.add_heading(basket, f"标题{number}")
        if find_last_change(basket) != last:
            states.append(before)
    for state in reversed(states):
        undo_last_change(basket)
        assert read() == state


def test_the_journal_keeps_the_last_changes_only(basket: Basket) -> None:
    for number in range(KEPT_CHANGES + 5):
        services.rename_basket(basket, f"第{number}稿")
    assert basket.changes.count() == KEPT_CHANGES


def test_a_name_is_undone_too(basket: Basket) -> None:
    services.rename_basket(basket, "新名称")
    undo_last_change(basket)
    assert Basket.objects.get(pk=basket.pk).name == "备用材料"


def test_a_changed_heading_gets_its_words_back(basket: Basket) -> None:
    heading = services.add_heading(basket, "夯实 基础", 2)
    services.change_heading(heading, "打牢基础", 1)
    undo_last_change(basket)
    assert [(e.words, e.level) for e in list_present(basket) if e.kind == "heading"] == [
        ("夯实 基础", 2)
    ]


def test_what_cant_be_is_refused_and_changes_nothing(basket: Basket) -> None:
    before = list_words(basket)
    entry = list_present(basket)[0]
    for wrong in (
        lambda: services.rename_basket(basket, "  "),
        lambda: services.add_heading(basket, " \n "),
        lambda: services.add_heading(basket, "标题", 7),
        lambda: services.change_heading(entry, "改掉原文", 1),
        lambda: services.write_note(entry, "字" * 2001),
    ):
        with pytest.raises(services.DeskError, match="。"):
            wrong()
    assert list_words(basket) == before


def test_a_full_basket_takes_no_more_and_says_so(
    basket: Basket, monkeypatch: pytest.MonkeyPatch, speech: Speech
) -> None:
    monkeypatch.setattr(services, "MOST_ENTRIES", 4)
    with pytest.raises(services.DeskError, match="最多 4 条"):
        services.add_passage(basket, take(speech, "3"))
    assert len(list_words(basket)) == 4
    assert basket.changes.count() == 4


def test_a_deleted_basket_is_no_longer_shared_and_comes_back_whole(basket: Basket) -> None:
    before = list_words(basket)
    assert services.share_basket(basket) == basket.token
    services.delete_basket(basket)
    assert basket.token is None
    services.restore_basket(basket)
    assert list_words(basket) == before


def test_sharing_again_gives_another_link(basket: Basket) -> None:
    first = services.share_basket(basket)
    assert services.share_basket(basket) == first
    services.unshare_basket(basket)
    assert services.share_basket(basket) != first


def test_a_basket_without_a_name_gets_one(clerk: User) -> None:
    assert services.create_basket(clerk, "   ").name == "我的摘编"
    assert len(services.create_basket(clerk, "长" * 300).name) == 100


def test_an_entry_knows_its_short_code(basket: Basket, speech: Speech) -> None:
    assert list_present(basket)[2].code == take(speech, "2.1").code
    assert Entry(basket=basket, words="x").code == ""
