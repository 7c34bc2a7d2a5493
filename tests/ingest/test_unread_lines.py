"""The lines above a speech that nobody understood: out of the text, out of the title, and told."""

from __future__ import annotations

import pytest

from corpus_app.ingest.draft import Draft, PartialDate
from corpus_app.ingest.metadata.title_choice import choose_title, find_headline
from corpus_app.ingest.pipeline import parse_bytes

TITLE = "在枫岭县代表工作推进会上的讲话"
BODY = """同志们：
今天召开这次会议，主要任务是交流做法、查找不足。下面，我讲两点意见。
一、把站点建到群众身边
去年以来，全县新建站点十六个，代表接待选民四千余人次。
二、把意见办到群众心里
要一件一件办，办一件，回一件，让群众看得见。
"""


def parse(*lines: str) -> Draft:
    return parse_bytes("\n".join([*lines, BODY]).encode(), "a.txt")


def list_unread(draft: Draft) -> list[str]:
    return [span.text for span in draft.removed if span.kind == "unread"]


# What no sign explains, and what says itself that it is the page's.
STRANGE = ["第三会议室", "星火燎原处", "枫岭三月里"]
OF_THE_PAGE = ["下载", "手机上看得更清楚", "全屏", "大 中 小", "扫一扫在手机打开当前页"]


def check_head(draft: Draft) -> None:
    assert draft.metadata.title == TITLE
    assert draft.metadata.speaker == "顾云舟"
    assert draft.metadata.dates == {"delivered": PartialDate("2023-05-06", "day")}
    assert draft.text == BODY.strip()


@pytest.mark.parametrize("line", STRANGE)
def test_a_line_below_the_title_that_is_not_understood_is_unread_and_told(line: str) -> None:
    draft = parse(TITLE, line, "（2023年5月6日）", "枫岭县人大常委会主任 顾云舟")
    check_head(draft)
    assert list_unread(draft) == [line]
    told = [notice for notice in draft.notices if notice.code == "unread"]
    assert [line in notice.message for notice in told] == [True]


@pytest.mark.parametrize("line", STRANGE + OF_THE_PAGE)
def test_what_stands_above_the_title_goes_and_hides_nothing(line: str) -> None:
    draft = parse(line, TITLE, "（2023年5月6日）", "枫岭县人大常委会主任 顾云舟")
    check_head(draft)
    assert line in [span.text for span in draft.removed if span.kind not in ("title", "metadata")]


@pytest.mark.parametrize("line", STRANGE)
def test_what_only_its_place_above_the_title_explains_is_told(line: str) -> None:
    draft = parse(line, TITLE, "（2023年5月6日）", "枫岭县人大常委会主任 顾云舟")
    told = [note.message for note in draft.notices if note.code in ("site_above", "unread")]
    assert [line in message for message in told] == [True]


@pytest.mark.parametrize(
    "line",
    ["(更新时间戳: 1709642931157)", "（数据版本：20240305）", "(最后同步: 88120)"],
)
def test_what_stands_below_the_speech_is_none_of_it_whichever_kind_of_tail_it_is(line: str) -> None:
    draft = parse_bytes(f"{TITLE}\n{BODY}谢谢大家！\n\n{line}\n".encode(), "a.txt")
    assert draft.text == f"{BODY}谢谢大家！"
    assert list_unread(draft) == [line]


@pytest.mark.parametrize("line", ["我们来到村口的时候，", "民生无小事，枝叶总关情。"])
def test_what_reads_like_a_sentence_above_the_title_is_unread(line: str) -> None:
    draft = parse(line, TITLE, "（2023年5月6日）", "枫岭县人大常委会主任 顾云舟")
    assert line in draft.text or list_unread(draft) == [line]


@pytest.mark.parametrize("line", OF_THE_PAGE)
def test_what_a_page_says_of_itself_is_understood_below_the_title_too(line: str) -> None:
    draft = parse(TITLE, line, "（2023年5月6日）", "枫岭县人大常委会主任 顾云舟")
    check_head(draft)
    assert list_unread(draft) == []


@pytest.mark.parametrize("name", ["扎西多吉", "嘎玛泽登", "阿依古丽·买买提", "艾尔肯·吐尼亚孜"])
def test_a_name_of_any_people_below_the_title_is_the_speakers(name: str) -> None:
    draft = parse(TITLE, "（2023年5月6日）", name)
    assert draft.metadata.speaker == name
    assert list_unread(draft) == []


def test_lines_that_values_were_read_from_are_never_called_unread() -> None:
    draft = parse(
        "奋进新征程 建功新时代",
        "——" + TITLE,
        "2023年5月8日 09:30",
        "来源：",
        "枫岭日报",
        "县长 艾尔肯·吐尼亚孜",
    )
    meta = draft.metadata
    assert list_unread(draft) == []
    assert (meta.title, meta.subtitle) == ("奋进新征程 建功新时代", TITLE)
    assert (meta.speaker, meta.speaker_role) == ("艾尔肯·吐尼亚孜", "县长")
    assert meta.source_name == "枫岭日报"
    assert meta.dates == {"published": PartialDate("2023-05-08", "day")}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("（2023年5月6日至8日）", "2023-05-06"),
        ("（2023年5月6日下午）", "2023-05-06"),
        ("（2023年5月6日，根据录音整理）", "2023-05-06"),
        ("（二O二三年五月六日）", "2023-05-06"),
        ("2023年5月6日 星期六", "2023-05-06"),
    ],
)
def test_what_stands_behind_a_date_does_not_hide_it(line: str, value: str) -> None:
    draft = parse(TITLE, line)
    assert draft.metadata.dates["delivered"].value == value
    assert draft.text == BODY.strip()


def test_a_sitting_in_brackets_is_read_though_no_title_stands_above_it() -> None:
    draft = parse("时效性现行有效", "（2017年11月1日在枫岭省第十二届人民代表大会第三次会议上）")
    assert draft.metadata.dates["delivered"].value == "2017-11-01"
    assert draft.metadata.occasion == "枫岭省第十二届人民代表大会第三次会议"
    assert draft.metadata.title_inferred


def test_without_a_salutation_a_line_not_understood_is_none_of_the_text() -> None:
    body = BODY.partition("\n")[2]
    draft = parse_bytes(f"{TITLE}\n（2023年5月6日）\n大】\n{body}".encode(), "a.txt")
    assert draft.text == body.strip()
    assert "大】" in [span.text for span in draft.removed]


@pytest.mark.parametrize(
    ("lines", "chosen"),
    [
        (["履职风采", TITLE], [TITLE]),
        (["奋进新征程 建功新时代", TITLE], ["奋进新征程 建功新时代", TITLE]),
        (["政府工作报", "告"], ["政府工作报", "告"]),
        (["坚定制度自信展现人大担当", "奋力谱写云溪发展新篇章"], None),
        (["高举新时代山区发展的伟大旗帜", "为全面建设更加美好的新枫岭而团结奋斗"], None),
        (["枫岭市第五届人民代表大会第一次会议", "关于政府工作报告的决议"], None),
        (["关于枫岭县2023年预算执行情况与", "2024年预算草案的报告"], None),
        (["正文复制", TITLE, "加载中"], [TITLE]),
        (["新任主任讲话", "枫人发〔2023〕5号"], ["新任主任讲话"]),
    ],
)
def test_a_line_belongs_to_the_title_only_where_it_goes_on_from_it(
    lines: list[str], chosen: list[str] | None
) -> None:
    texts = dict(enumerate(lines))
    run = choose_title(texts, dict.fromkeys(texts, 0.9))
    headline = find_headline(run, texts)
    found = run if headline is None else [headline, *run]
    assert [lines[n] for n in found] == (lines if chosen is None else chosen)


@pytest.mark.parametrize(
    "line",
    [
        "正文复制",
        "代县长 余勇",
        "枫人发〔2023〕5号",
        "机密★一年",
        "评论(0)",
        "播音：李明",
        "加载中",
    ],
)
def test_a_line_that_is_another_thing_for_certain_is_no_title(line: str) -> None:
    draft = parse(line)
    assert draft.metadata.title_inferred
    assert draft.text == BODY.strip()
    assert line in " ".join(span.text for span in draft.removed)


@pytest.mark.parametrize("opening", ["今天我们召开这次会议，主要是部署任务，请大家抓好落实。"])
def test_a_meeting_without_a_name_is_no_occasion(opening: str) -> None:
    draft = parse_bytes(f"关于作风建设的讲话\n同志们：\n{opening}\n{BODY}".encode(), "a.txt")
    assert draft.metadata.occasion is None


def test_a_word_broken_by_a_title_that_wraps_is_joined() -> None:
    draft = parse("2011年玉南乡人", "民政府工作报告", "（2011年1月6日）", "乡长 顾云舟")
    assert draft.metadata.title == "2011年玉南乡人民政府工作报告"


def test_keys_of_a_front_matter_are_read() -> None:
    raw = f"---\ntitle: {TITLE}\nauthor: 顾云舟\nsource: 枫岭人大\n---\n\n# {TITLE}\n\n{BODY}"
    meta = parse_bytes(raw.encode(), "a.md").metadata
    assert (meta.title, meta.speaker, meta.source_name) == (TITLE, "顾云舟", "枫岭人大")


@pytest.mark.parametrize(
    "line",
    [
        "上一篇文章做完了，下一篇文章怎么写，就看大家了！",
        "点赞不如点题，评论不如评议。",
        "附件里的清单，请对照落实。",
    ],
)
def test_a_last_sentence_with_words_of_buttons_never_goes_without_a_notice(line: str) -> None:
    draft = parse_bytes("\n".join([TITLE, "顾云舟", BODY, line]).encode(), "a.txt")
    told = any(notice.code == "unread" and line in notice.message for notice in draft.notices)
    assert line in draft.text or (told and line in list_unread(draft))


@pytest.mark.parametrize(
    "sentence",
    [
        "举报电话12388向全县公布，欢迎群众监督。",
        "扫一扫代表联络站门口的二维码，群众的话就能说到我们这里来。",
    ],
)
@pytest.mark.parametrize("place", ["head", "tail"])
def test_a_sentence_at_the_edge_never_goes_in_silence(sentence: str, place: str) -> None:
    """Words that pages use too (欢迎, 扫一扫) are no proof against a whole sentence."""
    head = "在全县代表工作会议上的讲话\n（2023年6月9日）\n县人大常委会主任 林知远\n"
    body = (
        "各位代表：\n今天开这个会，主要是听听大家的想法，讲两点意见。\n一、把代表的话记下来\n"
        "水渠哪一段漏，学校哪一扇窗坏，他们最清楚，要一条一条记下来。\n"
    )
    page = f"{head}{sentence}\n{body}" if place == "head" else f"{head}{body}{sentence}\n"
    draft = parse_bytes(page.encode(), "1.txt")
    told = any(
        notice.code == "unread" and sentence[:6] in notice.message for notice in draft.notices
    )
    assert sentence in draft.text or told
