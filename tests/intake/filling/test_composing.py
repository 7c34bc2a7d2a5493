"""A raw text with fillings put in, and the origin of each stretch."""

from hypothesis import given, strategies as st

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.recomposing import recompose
from corpus_app.ingest.spans import iter_kept
from corpus_app.intake.revisions.filling.composing import (
    Patch,
    list_origins,
    put_in,
    read_origins,
    weave_origins,
)


def squeeze(text: str) -> str:
    return "".join(text.split())


def remove(raw: str, words: str, kind: str = "paywall") -> Removed:
    start = raw.index(words)
    return Removed(kind, words, start, start + len(words), "glued")


PIECES = st.lists(
    st.tuples(
        st.sampled_from(["甲乙。", "丙\n", " 丁戊", "己，"]),
        st.sampled_from(["", "【隐】\n", "\n【站】"]),
    ),
    min_size=1,
    max_size=8,
)


@given(PIECES, st.data())
def test_raw_without_the_removed_is_the_text_with_the_patches(
    pieces: list[tuple[str, str]], data: st.DataObject
) -> None:
    raw, removed, text = "", [], ""
    for kept, taken in pieces:
        raw += kept
        text += kept
        if bare := taken.strip():
            start = len(raw) + taken.index(bare)
            kind = "paywall" if "隐" in bare else "crumb"
            removed.append(Removed(kind, bare, start, start + len(bare), "r"))
        raw += taken
    places = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=3)))
    patches = [Patch(place, f"补{number}\n入") for number, place in enumerate(places)]
    composite = put_in(raw, removed, text, patches)
    kept = squeeze(
        "".join(composite.raw[a:b] for a, b in iter_kept(len(composite.raw), composite.removed))
    )
    wanted, at = "", 0
    for patch in patches:
        wanted += text[at : patch.offset] + patch.words
        at = patch.offset
    assert kept == squeeze(wanted + text[at:])
    assert [span.text for span in composite.removed] == [
        composite.raw[span.start : span.end] for span in composite.removed
    ]
    assert sorted(span.text for span in composite.removed) == sorted(s.text for s in removed)


def test_the_notice_is_marked_and_leaves_no_gap() -> None:
    raw = "前面的话说到这里。\n---此处隐藏9字---\n后面的话接着说完。"
    removed = [remove(raw, "---此处隐藏9字---")]
    text = "前面的话说到这里。\n后面的话接着说完。"
    before = recompose(raw, removed)
    assert [gap.kind for gap in before.gaps] == ["paywall"]
    composite = put_in(raw, removed, text, [Patch(10, "中间补上这一句。\n")])
    after = recompose(composite.raw, composite.removed)
    assert after.gaps == []
    assert [span.rule for span in after.removed] == ["glued:filled"]
    assert squeeze(after.text) == "前面的话说到这里。中间补上这一句。后面的话接着说完。"


def test_origins_are_woven_and_read_back() -> None:
    woven = weave_origins([1, 1, 1, 1], [(1, [2, 2]), (3, [3])])
    assert woven == [1, 2, 2, 1, 1, 3, 1]
    text = "甲 乙丙\n丁戊己庚"
    stretches = list_origins(text, woven)
    assert [stretch["revision"] for stretch in stretches] == [1, 2, 1, 3, 1]
    assert read_origins(text, stretches, 9) == woven
    assert read_origins("甲 乙", [], 9) == [9, 9]
