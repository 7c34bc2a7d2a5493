from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st
from pypinyin import Style, lazy_pinyin, pinyin

from search.suggest.entries import Offer, merge_entries, read_match_form
from search.suggest.lookup import LONGEST_TYPED, Suggestion, SuggestionIndex
from search.suggest.readings import read_typed

DEMOCRACY = Offer("全过程人民民主", "slogan", 9, "1")
CORPUS = [
    DEMOCRACY,
    Offer("“四个机关”", "slogan", 5, "2"),
    Offer("银行监管", "theme", 3, "yinhang"),
    Offer("行动方案", "theme", 2, "xingdong"),
    Offer("绿色发展", "theme", 4, "lvse"),
    Offer("战略定力", "slogan", 1, "3"),
    Offer("澜岫市人大常委会", "organisation", 6, "4"),
    Offer("在澜岫市发展全过程人民民主座谈会上的讲话", "title", 1, "5"),
    Offer("12345热线与ABC试点", "title", 1, "6"),
]
INDEX = SuggestionIndex(CORPUS)

# Few characters, so that texts share stretches; with several readings, signs and letters.
TEXTS = st.text(alphabet="行长重民人大女绿安西啊a1Ｂ《》“”·龘", min_size=1, max_size=8)
ENTRIES = st.lists(
    st.builds(
        Offer,
        TEXTS,
        st.sampled_from(["slogan", "theme", "organisation", "title"]),
        st.integers(1, 3),
        st.sampled_from(["", "1", "2"]),
    ),
    max_size=12,
)


def texts(found: list[Suggestion]) -> list[str]:
    return [suggestion.entry.text for suggestion in found]


def typed_text(suggestion: Suggestion) -> str:
    return suggestion.entry.text[suggestion.start : suggestion.end]


@pytest.mark.parametrize(
    "typed",
    [
        "全过程",
        "全過程",
        "全 过程",
        "quanguocheng",
        "quanguoch",
        "QuanGuoCheng",
        "quán guò chéng",
        "quan'guo'cheng",
        "quan’guo’cheng",
        "ｑｕａｎｇｕｏ",
        "qgcrmmz",
        "qgch",
        "qgcheng",
        "全guocheng",
        "全gc",
        "quan过c",
    ],
)
def test_a_slogan_is_found_however_it_is_typed(typed: str) -> None:
    assert INDEX.suggest(typed)[0].entry == DEMOCRACY


def test_a_character_is_found_by_its_reading_in_place_and_by_the_others() -> None:
    assert texts(INDEX.suggest("yinhang")) == ["银行监管"]
    assert texts(INDEX.suggest("yinxing")) == ["银行监管"]
    assert texts(INDEX.suggest("xingdong")) == ["行动方案"]
    assert texts(INDEX.suggest("hangdong")) == ["行动方案"]


def test_the_reading_in_place_comes_before_a_rarer_one() -> None:
    index = SuggestionIndex([Offer("行动", "slogan", 9), Offer("行业", "title", 1)])
    assert texts(index.suggest("hang")) == ["行业", "行动"]


@pytest.mark.parametrize("typed", ["lv", "lü", "lǜ", "LÜ", "lyu", "lvse", "lüs"])
def test_the_umlaut_is_typed_in_any_way(typed: str) -> None:
    assert texts(INDEX.suggest(typed))[0] == "绿色发展"


@pytest.mark.parametrize("typed", ["zhanlve", "zhanlüe", "zhanlue", "zhanlyue", "zhl"])
def test_the_umlaut_inside_a_syllable_is_typed_in_any_way(typed: str) -> None:
    assert texts(INDEX.suggest(typed)) == ["战略定力"]


def test_signs_in_the_entry_need_not_be_typed_and_lie_inside_the_marked_part() -> None:
    (found,) = INDEX.suggest("sgjg")
    assert (found.entry.text, typed_text(found)) == ("“四个机关”", "四个机关")


def test_letters_and_digits_stand_for_themselves() -> None:
    assert texts(INDEX.suggest("12345rx")) == ["12345热线与ABC试点"]
    assert texts(INDEX.suggest("abcsd")) == ["12345热线与ABC试点"]


def test_a_letter_with_an_accent_is_found_with_it_and_without() -> None:
    index = SuggestionIndex([Offer("é与İ", "title")])
    assert all(texts(index.suggest(typed)) for typed in ("é与İ", "E与i", "eyi", "éy"))


def test_the_beginning_comes_before_the_inside_and_the_whole_before_both() -> None:
    index = SuggestionIndex(
        [
            Offer("发展人民民主", "slogan", 9),
            Offer("人民民主", "title"),
            Offer("人民", "title"),
        ]
    )
    assert texts(index.suggest("人民")) == ["人民", "人民民主", "发展人民民主"]
    assert texts(index.suggest("renmin")) == ["人民", "人民民主", "发展人民民主"]


def test_kind_weight_and_length_decide_among_equal_matches() -> None:
    entries = [
        Offer("代表之家建设", "slogan", 2),
        Offer("代表之声", "slogan", 2),
        Offer("代表联络", "slogan", 7),
        Offer("代表", "title", 99),
        Offer("代表履职", "theme", 99),
        Offer("代表团", "organisation", 1),
    ]
    assert texts(SuggestionIndex(entries).suggest("代")) == [
        "代表联络", "代表之声", "代表之家建设", "代表履职", "代表团", "代表",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["", " ", "“”", "'", "🙂", "龘", "qqqq", "全成", "q" * 5000])
def test_what_nothing_answers_to_gives_nothing(typed: str) -> None:
    assert INDEX.suggest(typed) == []


def test_no_more_than_the_limit_is_given() -> None:
    assert len(INDEX.suggest("s", limit=1)) == 1
    assert INDEX.suggest("s", limit=0) == []
    assert SuggestionIndex([]).suggest("全") == []


def test_no_match_runs_from_one_entry_into_the_next() -> None:
    index = SuggestionIndex([Offer("人民", "slogan"), Offer("民主", "slogan")])
    assert index.suggest("人民民主") == index.suggest("minmin") == []


def test_the_same_text_of_one_kind_is_offered_once_without_a_page() -> None:
    same = [
        Offer("闭幕会上的讲话", "title", 1, "1"),
        Offer("闭幕会上的讲话", "title", 1, "2"),
    ]
    assert merge_entries(same) == [Offer("闭幕会上的讲话", "title", 2, "")]
    assert merge_entries([*same[:1], *same[:1]]) == [Offer("闭幕会上的讲话", "title", 2, "1")]


@given(ENTRIES, st.data())
def test_every_entry_is_found_by_its_first_characters(
    entries: list[Offer], data: st.DataObject
) -> None:
    index = SuggestionIndex(entries)
    for entry in entries:
        start = entry.text[: data.draw(st.integers(1, len(entry.text)))]
        if read_match_form(start).chars:
            assert entry.text in texts(index.suggest(start, limit=100))


@given(ENTRIES)
def test_every_entry_is_found_by_its_pinyin_and_its_initials(
    entries: list[Offer],
) -> None:
    index = SuggestionIndex(entries)
    for entry in entries:
        syllables = lazy_pinyin(read_match_form(entry.text).chars, errors=list)
        if not syllables:
            continue
        full = "".join(syllables)
        for typed in (
            full,
            full.upper(),
            "'".join(syllables),
            "".join(s[0] for s in syllables),
        ):
            assert entry.text in texts(index.suggest(typed, limit=100)), typed


@given(ENTRIES, st.data())
def test_any_mixture_of_characters_syllables_and_initials_finds_the_entry(
    entries: list[Offer], data: st.DataObject
) -> None:
    index = SuggestionIndex(entries)
    for entry in entries:
        chars = read_match_form(entry.text).chars
        ways = zip(chars, lazy_pinyin(chars, errors=list), strict=True)
        pieces = [data.draw(st.sampled_from([c, s, s[0]])) for c, s in ways]
        if pieces:
            assert entry.text in texts(index.suggest("".join(pieces), limit=100)), pieces


@given(ENTRIES, st.text(alphabet="行长重民人大女绿安西a1“", min_size=1, max_size=3))
def test_characters_find_exactly_the_entries_that_contain_them(
    entries: list[Offer], typed: str
) -> None:
    asked = read_match_form(typed).chars
    # Letters may also be pinyin; what they find besides is another test's matter.
    if not asked or "a" in asked:
        return
    expected = {(e.kind, e.text) for e in entries if asked in read_match_form(e.text).chars}
    found = SuggestionIndex(entries).suggest(typed, limit=100)
    assert {(s.entry.kind, s.entry.text) for s in found} == expected
    assert len(found) == len(expected)
    assert all(read_match_form(typed_text(s)).chars == asked for s in found)


def stands_for(typed: str, chars: str) -> bool:
    """Say by trying everything whether typed can stand for the beginning of chars."""
    if not typed:
        return True
    if not chars:
        return False
    syllables = pinyin(chars[0], Style.NORMAL, heteronym=True, errors="ignore")
    syllables = syllables[0] if syllables else []
    whole = {chars[0], *syllables, *(s[0] for s in syllables)}
    whole |= {s[:2] for s in syllables if s[:2] in ("zh", "ch", "sh")}
    whole |= {s.replace("v", "yu") for s in syllables if s[:2] in ("lv", "nv")}
    if any(s.startswith(typed) for s in whole):
        return True
    return any(typed.startswith(w) and stands_for(typed[len(w) :], chars[1:]) for w in whole)


@given(ENTRIES, st.text(alphabet="xingahznlvcruyt人行1", min_size=1, max_size=7))
@settings(max_examples=300)
def test_letters_find_exactly_what_trying_everything_finds(
    entries: list[Offer], typed: str
) -> None:
    expected = set()
    for entry in entries:
        chars = read_match_form(entry.text).chars
        if any(stands_for(typed, chars[at:]) for at in range(len(chars))):
            expected.add((entry.kind, entry.text))
    found = SuggestionIndex(entries).suggest(typed, limit=100)
    assert {(s.entry.kind, s.entry.text) for s in found} == expected


@given(ENTRIES, st.text(alphabet="xingahznl人行", min_size=1, max_size=6))
def test_a_small_limit_gives_the_first_of_all(entries: list[Offer], typed: str) -> None:
    index = SuggestionIndex(entries)
    everything = index.suggest(typed, limit=100)
    assert index.suggest(typed, limit=2) == everything[:2]
    assert SuggestionIndex(entries[::-1]).suggest(typed, limit=100) == everything


@given(st.text(max_size=20))
@settings(max_examples=200)
def test_anything_can_be_typed(typed: str) -> None:
    assert len(INDEX.suggest(typed)) <= len(CORPUS)
    assert read_typed(read_typed(typed)) == read_typed(typed)


def test_letters_that_can_be_cut_in_many_ways_do_not_multiply() -> None:
    index = SuggestionIndex([Offer("安" * 200, "title"), Offer("啊" * 200, "title")])
    assert texts(index.suggest("an" * 100)) == ["安" * 200]
    assert len(index.suggest("a" * 100)) == 2
    assert index.suggest("a" * LONGEST_TYPED) == []


def test_pinyin_is_read_in_its_context() -> None:
    assert lazy_pinyin("重庆银行", style=Style.NORMAL) == ["chong", "qing", "yin", "hang"]
    index = SuggestionIndex([Offer("重庆银行", "organisation")])
    assert texts(index.suggest("chongqingyinhang")) == texts(index.suggest("cqyh")) == ["重庆银行"]
