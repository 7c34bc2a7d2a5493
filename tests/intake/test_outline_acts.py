"""What an editor can do to an outline, as pure functions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.draft import Draft
from corpus_app.ingest.outline.sections import OutlineSection, open_outline, write_outline
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.intake.revisions.outline.acts import (
    indent,
    list_places,
    merge,
    nest,
    outdent,
    retitle,
    set_kind,
    set_level,
    split,
)
from corpus_app.intake.revisions.outline.settling import (
    OutlineFault,
    dump_outline,
    load_outline,
    settle_outline,
)
from tests.catalog.speeches import WORK_CONFERENCE
from tests.ingest.invariants import check_sections
from tests.ingest.shared_texts import SHARED, needs_shared
from tests.places import ROOT
from tests.thoroughness import draw

DRAFT = parse_bytes(WORK_CONFERENCE.encode(), "a.txt")
TEXT = DRAFT.text
GOLDEN = sorted(p for p in (ROOT / "tests/ingest/golden").iterdir() if p.suffix != ".json")


def heads_of(draft: Draft = DRAFT) -> list[OutlineSection]:
    return open_outline(draft.sections, len(draft.text))


def outline(heads: list[OutlineSection], text: str = TEXT) -> list[str]:
    return [
        f"{s.id} {s.kind} {s.marker or ''}{(s.heading or '')[:6]}"
        for s in write_outline(heads, len(text))
    ]


def at(words: str, heads: list[OutlineSection] | None = None) -> int:
    """Return the index of the head whose piece begins with the words."""
    return next(n for n, h in enumerate(heads or heads_of()) if TEXT.startswith(words, h.start))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_a_parsed_outline_stays_as_it_is_when_nothing_is_done(path) -> None:  # type: ignore[no-untyped-def]
    draft = parse_bytes(path.read_bytes(), path.name)
    heads = load_outline(dump_outline(heads_of(draft)))
    assert write_outline(settle_outline(draft.text, heads), len(draft.text)) == draft.sections


@needs_shared
def test_the_outlines_of_the_five_real_files_can_be_edited() -> None:
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        draft = parse_bytes(path.read_bytes(), path.name)
        heads = heads_of(draft)
        for index in range(1, len(heads)):
            merged = merge(draft.text, heads, index)
            check_sections([vars_of(s) for s in write_outline(merged, len(draft.text))], draft.text)
            place = heads[index].start
            above = max(n for n, head in enumerate(merged) if head.start < place)
            if place in {found.offset for found in list_places(draft.text, merged, above)}:
                again = split(draft.text, merged, above, place)
                assert place in {head.start for head in again}


def test_a_section_put_below_the_one_before_it_becomes_its_child_with_all_it_holds() -> None:
    heads = indent(TEXT, heads_of(), at("二、发展"))
    assert outline(heads)[:7] == [
        "0 opening ",
        "1 section 一、坚持党的领导",
        "1.1 point 一是加强理论学习",
        "1.2 point 二是落实请示报告",
        "1.3 subsection 二、发展全过程人",
        "1.3.1 point 一是办好代表家站",
        "1.3.2 point 二是办好民生实事",
    ]
    assert outline(heads)[7].startswith("2 section 三、")


def test_lifting_a_section_takes_what_follows_it_along() -> None:
    heads = outdent(TEXT, heads_of(), at("一是办好代表家站"))
    assert [line for line in outline(heads) if line.startswith("3")][:2] == [
        "3 section 一是办好代表家站",
        "3.1 point 二是办好民生实事",
    ]


def test_merging_gives_the_words_to_the_elder_sibling_itself() -> None:
    heads = merge(TEXT, heads_of(), at("二、发展"))
    sections = {s.id: s for s in write_outline(heads, len(TEXT))}
    assert TEXT[sections["1"].start : sections["1"].end].count("一是") == 2
    assert sections["1.2"].end <= TEXT.index("二、发展")
    assert sections["1.3"].heading == "办好代表家站"
    assert sections["2"].marker == "三、"


def test_merging_a_first_child_gives_its_words_to_its_parent() -> None:
    heads = merge(TEXT, heads_of(), at("一是加强理论"))
    assert outline(heads)[1:3] == ["1 section 一、坚持党的领导", "1.1 point 二是落实请示报告"]


def test_splitting_reads_the_new_pieces_marker_and_heading() -> None:
    merged = merge(TEXT, heads_of(), at("二、发展"))
    again = split(TEXT, merged, at("一、坚持"), TEXT.index("二、发展"))
    assert outline(again) == outline(heads_of())


def test_a_piece_is_split_inside_a_paragraph_at_a_sentence() -> None:
    place = TEXT.index("凡属重大事项")
    heads = split(TEXT, heads_of(), at("二是落实"), place)
    made = next(s for s in write_outline(heads, len(TEXT)) if s.start == place)
    assert (made.id, made.kind, made.marker) == ("1.3", "point", None)


def test_places_to_split_are_the_pieces_own_words_only() -> None:
    places = [place.words for place in list_places(TEXT, heads_of(), at("二、发展"))]
    assert places == ["要把代表家站建在群众身边，让群众话有地方说、事有人去办。"]


@pytest.mark.parametrize("place", [0, 5, 10**6, -3])
def test_a_piece_is_split_nowhere_else(place: int) -> None:
    with pytest.raises(OutlineFault):
        split(TEXT, heads_of(), at("二、发展"), place)


def test_a_heading_can_be_shorter_longer_or_none() -> None:
    index = at("一、坚持")
    for words in ("坚持党的领导", "坚持党的领导，把牢政治方向 青芜县人大常委会党组", ""):
        assert retitle(TEXT, heads_of(), index, words)[index].heading == words


def test_a_typed_marker_is_not_taken_twice_and_can_be_made_part_of_the_heading() -> None:
    index = at("一、坚持")
    changed = retitle(TEXT, heads_of(), index, "一、坚持党的领导")[index]
    assert (changed.marker, changed.heading) == ("一、", "坚持党的领导")
    whole = retitle(TEXT, heads_of(), at("一是加强"), "一 是加强")[at("一是加强")]
    assert (whole.marker, whole.heading, whole.ordinal) == ("", "一 是加强", None)


def test_a_heading_of_other_words_is_refused() -> None:
    with pytest.raises(OutlineFault, match="只能取自原文"):
        retitle(TEXT, heads_of(), at("一、坚持"), "加强党的建设")


@pytest.mark.parametrize(("words", "kind"), [("三、加强", "opening"), ("二是提高", "closing")])
def test_a_kind_that_the_place_forbids_is_refused(words: str, kind: str) -> None:
    with pytest.raises(OutlineFault):
        set_kind(TEXT, heads_of(), at(words), kind)


def test_a_last_section_can_be_called_the_closing() -> None:
    assert set_kind(TEXT, heads_of(), at("三、加强"), "closing")[at("三、加强")].kind == "closing"


def test_a_piece_is_dragged_only_where_the_order_of_the_words_allows() -> None:
    heads = nest(TEXT, heads_of(), at("三、加强"), at("二、发展"))
    assert heads[at("三、加强")].depth == 1
    with pytest.raises(OutlineFault, match="先后次序"):
        nest(TEXT, heads_of(), at("三、加强"), at("一、坚持"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda h: [],
        lambda h: h[1:],
        lambda h: [h[0], replace(h[1], depth=1, kind="section"), replace(h[2], depth=5)],
        lambda h: [h[0], h[2], h[1]],
        lambda h: [h[0], h[1], h[1]],
        lambda h: [h[0], replace(h[1], start=10**7)],
        lambda h: [h[0], replace(h[1], marker="九、")],
        lambda h: [h[0], replace(h[1], heading="没有的话")],
    ],
)
def test_what_is_no_outline_is_refused(spoil) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(OutlineFault):
        settle_outline(TEXT, spoil(heads_of()))


@pytest.mark.parametrize("data", [None, {}, "x", [1], [{}], [{"start": "a"}], [[]] * 9000])
def test_other_data_is_refused(data: object) -> None:
    with pytest.raises(OutlineFault):
        load_outline(data)


ACTS = st.one_of(
    st.tuples(st.just(indent), st.integers(0, 15)),
    st.tuples(st.just(outdent), st.integers(0, 15)),
    st.tuples(st.just(merge), st.integers(0, 15)),
    st.tuples(st.just(split), st.integers(0, 15), st.integers(0, len(TEXT))),
    st.tuples(st.just(set_level), st.integers(0, 15), st.integers(0, 4)),
    st.tuples(st.just(nest), st.integers(0, 15), st.integers(0, 15)),
)


@draw(150)
@given(st.lists(ACTS, max_size=12), st.booleans())
def test_whatever_is_done_leaves_a_valid_outline(acts, snap: bool) -> None:  # type: ignore[no-untyped-def]
    heads = heads_of()
    for act, index, *more in acts:
        if act is split and snap and index < len(heads):
            places = list_places(TEXT, heads, index)
            more = [places[more[0] % len(places)].offset] if places else more
        try:
            heads = act(TEXT, heads, index, *more)
        except OutlineFault:
            continue
        sections = write_outline(heads, len(TEXT))
        check_sections([vars_of(section) for section in sections], TEXT)
        assert open_outline(sections, len(TEXT)) == normal(heads)


def vars_of(section) -> dict[str, object]:  # type: ignore[no-untyped-def]
    return {name: getattr(section, name) for name in section.__slots__}


def normal(heads: list[OutlineSection]) -> list[OutlineSection]:
    """Return the heads with only those ends that say anything."""
    return open_outline(write_outline(heads, len(TEXT)), len(TEXT))
