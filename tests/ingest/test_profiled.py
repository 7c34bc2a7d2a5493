"""A site's profile: values where editors said they stand, lines that are none of the speech."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.draft import Draft
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.sandbox.parsing import parse_file
from corpus_app.ingest.site import ProfileValue, SiteEvidence, SiteProfile
from tests.ingest.invariants import check_invariants
from tests.site_pages import make_text

HEAD = """溪北新闻港湾
鹿角栏目组
共赴这一程
发布时间：2024-05-08 09:00
讲话时间
2024年5月6日
主讲 艾山江·买买提
"""
VALUES = (
    ProfileValue("title", "below", "鹿角栏目组"),
    ProfileValue("published", "label", "发布时间："),
    ProfileValue("delivered", "label", "讲话时间"),
)


def parse(*values: ProfileValue, lines: tuple[str, ...] = (), head: str = HEAD) -> Draft:
    """Return the draft of a page with this head, by this profile."""
    page = head + "\n".join(make_text(1)) + "\n滨河热线值班表"
    evidence = SiteEvidence("site.example", profile=SiteProfile(7, values, lines))
    return parse_bytes(page.encode(), "1.txt", evidence=evidence)


def test_values_stand_where_the_profile_says() -> None:
    draft = parse(*VALUES)
    meta = draft.metadata
    assert (meta.title, meta.title_inferred) == ("共赴这一程", False)
    assert {name: date.value for name, date in meta.dates.items()} == {
        "published": "2024-05-08",
        "delivered": "2024-05-06",
    }
    for name in ("title", "published", "delivered"):
        found = meta.evidence[name]
        assert found.rule == "profile"
        assert draft.raw[found.start : found.end]
    kinds = {span.text: (span.kind, span.rule) for span in draft.removed}
    assert kinds["共赴这一程"] == ("title", "profile:7")
    assert kinds["2024年5月6日"] == ("metadata", "profile:7")
    check_invariants(draft.to_json())


def test_lines_of_the_profile_go_wherever_they_make_up_a_line() -> None:
    draft = parse(lines=("滨河热线值班表", "溪北新闻港湾"))
    assert draft.text.endswith("谢谢大家！")
    assert {s.text for s in draft.removed if s.rule == "profile:7"} == {
        "滨河热线值班表",
        "溪北新闻港湾",
    }


@pytest.mark.parametrize(
    ("value", "head"),
    [
        (ProfileValue("delivered", "below", "鹿角栏目组"), HEAD),
        (ProfileValue("speaker", "label", "发布时间："), HEAD),
        (ProfileValue("title", "below", "没有这一行"), HEAD),
        (ProfileValue("title", "above", "溪北新闻港湾"), HEAD),
        (ProfileValue("title", "label", "发布时间："), HEAD),
        (
            ProfileValue("title", "below", "鹿角栏目组"),
            "鹿角栏目组\n这是完整的一句。\n",
        ),
    ],
)
def test_what_bears_no_such_value_gives_none(value: ProfileValue, head: str) -> None:
    """Null beats wrong: a date line without a date, a title that is a sentence."""
    draft = parse(value, head=head)
    found = draft.metadata.evidence.get(value.name)
    assert found is None or found.rule != "profile"


@pytest.mark.parametrize("words", ["县长 沈知远", "沈知远（县长）"])
def test_a_line_with_office_and_name_gives_both(words: str) -> None:
    head = f"鹿角栏目组\n在联席会议上的讲话\n值班\n{words}\n"
    draft = parse(
        ProfileValue("speaker", "below", "值班"),
        ProfileValue("speaker_role", "below", "值班"),
        head=head,
    )
    assert (draft.metadata.speaker, draft.metadata.speaker_role) == ("沈知远", "县长")


def test_the_sandbox_reads_by_the_profile_too() -> None:
    page = (HEAD + "\n".join(make_text(1))).encode()
    evidence = SiteEvidence("site.example", profile=SiteProfile(7, VALUES, ("溪北新闻港湾",)))
    assert parse_file(page, "1.txt", evidence=evidence) == parse_bytes(
        page, "1.txt", evidence=evidence
    )


LINES = [*HEAD.splitlines(), *make_text(1), "讲话时间", "", "鹿角栏目组", "2024年"]


@given(
    st.lists(st.sampled_from(LINES), min_size=3),
    st.lists(
        st.builds(
            ProfileValue,
            st.sampled_from(["title", "subtitle", "speaker", "delivered", "source", "occasion"]),
            st.sampled_from(["label", "below", "above"]),
            st.sampled_from(LINES[:7]),
            st.integers(1, 4),
        ),
        max_size=5,
    ),
)
def test_nothing_is_lost_whatever_a_profile_says(
    lines: list[str], values: list[ProfileValue]
) -> None:
    page = "\n".join([*lines, *make_text(2)])
    evidence = SiteEvidence("x", profile=SiteProfile(1, tuple(values), ("鹿角栏目组",)))
    draft = parse_bytes(page.encode(), "1.txt", evidence=evidence)
    check_invariants(draft.to_json())
