"""A text without its marks, and the places of its characters."""

from hypothesis import given, strategies as st

from corpus_app.text.marks import MARKS, PAIRS, Unmarked, drop_marks

TEXTS = st.text('“”‘’《》"三公经费', max_size=24)


@given(TEXTS, st.data())
def test_a_span_holds_its_characters_and_each_mark_inside_with_its_other_half(
    text: str, data: st.DataObject
) -> None:
    unmarked = Unmarked(text)
    size = len(unmarked.chars)
    first = data.draw(st.integers(0, max(0, size - 1)))
    stop = data.draw(st.integers(min(first + 1, size), size))
    span = unmarked.find_span(first, stop) if first < stop else None
    if span is not None:
        words = text[slice(*span)]
        assert drop_marks(words) == unmarked.chars[first:stop]
        assert all(words.count(a) == words.count(b) for a, b in PAIRS.items())
        assert words.count('"') % 2 == 0


@given(TEXTS)
def test_without_marks_inside_every_place_is_found(text: str) -> None:
    unmarked = Unmarked(text)
    places = [at for at, char in enumerate(text) if char not in MARKS]
    assert [unmarked.find_span(at, at + 1) for at in range(len(places))] == [
        (at, at + 1) for at in places
    ]


def test_marks_of_two_pairs_join_no_words() -> None:
    assert Unmarked("清理“三公”经费").find_span(2, 6) == (2, 8)
    assert Unmarked("办“大三公”经费").find_span(2, 6) is None
