"""What other files of a site tell of one: their lines are a page's own, a speech's never."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.labelling.features import Surroundings, list_features
from corpus_app.ingest.labelling.units import cut_page
from corpus_app.ingest.noise import remove_noise
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.sandbox.parsing import parse_file
from corpus_app.ingest.site import SiteEvidence, collect_lines, list_page_lines, name_site
from tests.folding import for_each
from tests.site_pages import BOTTOM, TOP, collect_evidence as collect, make_page, make_text


def test_lines_that_other_files_repeat_go_with_their_count() -> None:
    """What a page alone cannot tell from the speech, its site tells."""
    alone = parse_bytes(make_page(1).encode(), "1.txt")
    known = parse_bytes(make_page(1).encode(), "1.txt", evidence=collect())
    assert "滨河热线值班表" in {span.text for span in alone.removed if span.kind == "unread"}
    assert "unread" in {notice.code for notice in alone.notices}
    assert not {"unread"} & {notice.code for notice in known.notices}
    assert known.text.endswith("谢谢大家！")
    assert known.text.startswith("各位代表：")
    rules = {span.text: (span.kind, span.rule) for span in known.removed}
    for line in [*TOP, *BOTTOM]:
        assert rules[line][0] == "site", line
    assert rules["鹿角栏目组"][1] == "repeated:12/12"


@for_each(
    "line",
    [
        "政府工作报告",
        "各位代表：",
        "各位代表",
        "同志们",
        "一、工作回顾",
        "（一）经济平稳运行",
        "谢谢大家！",
        "谢谢大家",
        "沈知远",
        "溪北县人民政府",
        "县长 沈知远",
        "2024年3月1日",
        "来源：溪北日报",
        "名词解释",
        "附件：名单",
    ],
)
@for_each("place", ["above", "below"])
def test_what_may_be_the_speech_stays_however_often_it_is_repeated(line: str, place: str) -> None:
    """Headings, thanks, titles and values repeat across speeches, too."""
    pages = [make_page(number) for number in range(1, 40)]
    pages = [f"{line}\n{page}" if place == "above" else f"{page}\n{line}" for page in pages]
    found = remove_noise(pages[0], evidence=collect_lines(pages[1:])).removed
    assert not [s for s in found if s.rule.startswith("repeated") and s.text == line]


def test_an_unnumbered_heading_above_the_first_sentence_is_none_of_the_site() -> None:
    """Without a salutation the line under the head may open the speech: kept, or told as unread."""
    pages = [make_page(number).replace("各位代表：\n", "工作回顾\n") for number in range(1, 30)]
    draft = parse_bytes(pages[0].encode(), "1.txt", evidence=collect_lines(pages[1:]))
    kinds = {span.kind for span in draft.removed if span.text == "工作回顾"}
    assert kinds == ({"unread"} if "工作回顾" not in draft.text.split("\n")[0] else set())


def test_texts_of_one_speech_keep_the_title_that_all_of_them_bear() -> None:
    """Excerpts and copies repeat a title as pages of a site repeat its name."""
    title, speech = "全面开创岭川山区建设的新局面 (三届二次)", make_text(1)
    texts = ["\n".join([title, "", *speech[: 3 + at]]) for at in range(len(speech) - 2)]
    for text in texts:
        draft = parse_bytes(text.encode(), "1.txt", evidence=collect_lines(texts))
        assert (draft.metadata.title, draft.metadata.title_inferred) == (title, False)


def test_lines_inside_the_speech_are_never_taken() -> None:
    """A line between two sentences stays, in however many files it stands."""
    pages = [make_page(n).replace("一、工作回顾", "鹿角栏目组") for n in range(1, 30)]
    draft = parse_bytes(pages[0].encode(), "1.txt", evidence=collect_lines(pages[1:]))
    assert "鹿角栏目组" in draft.text


@pytest.mark.parametrize(("count", "taken"), [(0, False), (2, False), (3, True), (40, True)])
def test_two_other_files_prove_nothing(count: int, taken: bool) -> None:
    """It takes three; fewer may share a line by chance."""
    found = remove_noise(make_page(1), evidence=collect(count)).removed
    assert any(span.rule.startswith("repeated") for span in found) is taken


def test_the_sandbox_reads_as_this_process_does() -> None:
    """The evidence reaches the reader behind the wall unchanged."""
    data, evidence = make_page(1).encode(), collect()
    assert parse_file(data, "1.txt", evidence=evidence) == parse_bytes(
        data, "1.txt", evidence=evidence
    )


def test_evidence_counts_files_and_not_lines() -> None:
    """A line that stands twice in a file is one file's."""
    evidence = collect_lines(["甲乙\n丙 丁\n甲乙", "丙丁\n戊己"])
    assert (evidence.files, evidence.count("甲乙"), evidence.share("丙　丁")) == (2, 1, 1.0)
    assert evidence.count("没有") == 0
    assert SiteEvidence().share("甲乙") == 0.0


def test_only_short_lines_at_the_edges_are_listed() -> None:
    """What lies further in is the speech; a long line is a sentence."""
    lines = [f"第{number}行文字" for number in range(300)]
    listed = list_page_lines("\n".join([*lines, "长" * 81]))
    assert "第0行文字" in listed
    assert "第299行文字" in listed
    assert "第150行文字" not in listed
    assert "长" * 81 not in listed


@given(st.lists(st.sampled_from([*make_page(1).split("\n"), "", "平原", "下一步，要抓好落实。"])))
def test_nothing_is_lost_whatever_the_site_repeats(lines: list[str]) -> None:
    """Raw without the removed spans is what was kept, and spans do not overlap."""
    raw = "\n".join(lines)
    found = remove_noise(raw, evidence=collect_lines([raw] * 5)).removed
    assert all(span.text == raw[span.start : span.end] for span in found)
    ends = [0, *(span.end for span in found)]
    assert all(end <= span.start for end, span in zip(ends, found, strict=False))


@pytest.mark.parametrize(
    ("url", "source", "site"),
    [
        ("https://www.xibei.example/rd/1.html", "溪北日报", "xibei.example"),
        ("http://m.xibei.example:8080/1", "", "xibei.example"),
        ("https://mp.weixin.qq.com/s/abc", "溪北 人大", "溪北人大"),
        ("https://mp.weixin.qq.com/s/abc", "", "mp.weixin.qq.com"),
        ("", "溪北日报", "溪北日报"),
        ("http://[bad", "", ""),
        ("", "", ""),
    ],
)
def test_a_site_is_named_by_its_host_or_its_source(url: str, source: str, site: str) -> None:
    """On a platform where everybody has an account, the account is the site."""
    assert name_site(url, source) == site


def test_how_many_pages_bear_a_label_a_source_or_a_title_tells_nothing_of_it() -> None:
    told = ["在第三次联席会议上的讲话", "出处 ：", "青坡日报"]
    raw = "\n".join(["本周热读", *told, *make_text(1)])
    evidence = collect_lines([raw] * 9, "青坡")
    page = cut_page(raw, [])
    features = list_features(page, Surroundings(evidence=evidence))
    counted = {
        unit.text
        for unit, names in zip(page.units, features, strict=True)
        if any(name.startswith("share") for name in names)
    }
    assert "本周热读" in counted
    assert not counted & {*told, "出处"}


def test_a_title_that_a_few_files_share_by_chance_stays_beside_what_all_share() -> None:
    columns, title = ["你身边的青坡资讯", "鹿角栏目组", "早晚两播"], "把站点建到群众心坎上"

    def write(number: int) -> str:
        head = [title if number < 5 else f"第{number}回", "2024年5月6日", "沈知远"]
        return "\n".join([*columns, *head, *make_text(number), "滨河热线值班表"])

    raws = [parse_bytes(write(number).encode(), "a.txt").raw for number in range(2, 31)]
    draft = parse_bytes(write(1).encode(), "a.txt", evidence=collect_lines(raws, "青坡"))
    assert draft.metadata.title == title
    assert not any(line in draft.text for line in [*columns, "滨河热线值班表"])


def test_a_source_below_its_label_stays_though_all_files_bear_it() -> None:
    top = ["你身边的青坡资讯", "鹿角栏目组", "早晚两播"]

    def write(number: int) -> str:
        head = [f"在第{number}次联席会议上的讲话", "来源：", "青坡河湾", "2024年5月6日", "沈知远"]
        return "\n".join([*top, *head, *make_text(number)])

    raws = [parse_bytes(write(number).encode(), "a.txt").raw for number in range(2, 12)]
    draft = parse_bytes(write(1).encode(), "a.txt", evidence=collect_lines(raws, "青坡"))
    assert not any(
        span.rule.startswith("repeated") for span in draft.removed if span.text == "青坡河湾"
    )
