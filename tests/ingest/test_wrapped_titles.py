"""Titles that a hard line break cuts, and titles as long as a paragraph: read whole, as stated."""

from __future__ import annotations

from itertools import accumulate

import pytest

from corpus_app.ingest.draft import Draft
from corpus_app.ingest.labelling.wrapping import is_one_title
from corpus_app.ingest.metadata.title_lines import join_parts
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.text.chars import count_chars, squeeze

BODY = (
    "\n各位代表：\n现在，我代表青芜县人大常委会，向大会报告工作，请予审议。过去的一年，我们在县委领导下，"
    "认真履行职责，各项工作取得新进展。\n一、过去一年的工作\n我们坚持依法监督，听取和审议专项工作报告"
    "十二项，开展执法检查三次。\n二、今后的主要任务\n我们要继续努力，让人民群众满意。\n"
)
HEAD = "（2023年5月6日）\n青芜县人大常委会主任 林知远\n"
# Whole by their form, wherever a line ends.
ANYWHERE = (
    "政府工作报告",
    "青芜县人民法院工作报告",
    "芦汀市人民代表大会常务委员会工作报告",
    "在市人大常委会第三次会议上的讲话",
    "关于青芜县2023年国民经济和社会发展计划执行情况的报告",
    "关于检查《中华人民共和国水污染防治法》实施情况的报告",
)
# Pieces that long titles are made of; the last one ends them.
PIECES = {
    "about": (
        "关于青芜县人大常委会执法检查组检查《中华人民共和国水污染防治法》",
        "和《青芜县饮用水水源保护条例》",
        "、《青芜县河道管理办法》",
        "、《青芜县湿地保护规定》",
        "、《青芜县节约用水办法》",
        "、《青芜县供水条例》",
        "实施情况的报告",
    ),
    "spoken": (
        "在青芜县委人大工作会议",
        "暨庆祝青芜县人民代表大会成立四十周年大会",
        "、全县乡镇人大规范化建设现场推进会",
        "、县乡人大代表履职能力提升培训班开班动员会",
        "、民生实事项目人大代表票决制部署会",
        "、全县代表家站建设观摩会上的讲话",
    ),
    "headline": (
        "坚持以习近平新时代中国特色社会主义思想为指导",
        "，深入学习贯彻中央人大工作会议精神",
        "，不断发展全过程人民民主",
        "，奋力推动新时代青芜县人大工作高质量发展",
        "，切实发挥人大代表作用",
        "，为谱写中国式现代化青芜篇章贡献人大力量",
    ),
}


def read(text: str, name: str = "讲话.txt") -> Draft:
    """Return the draft of a file of this text."""
    return parse_bytes(text.encode(), name)


@pytest.mark.parametrize("title", ANYWHERE)
def test_a_title_is_one_wherever_a_line_break_cuts_it(title: str) -> None:
    for at in range(2, len(title)):
        lines = f"{title[:at]}\n{title[at:]}\n"
        for head in (HEAD, ""):
            meta = read(lines + head + BODY).metadata
            assert (meta.title, meta.title_inferred) == (title, False), lines
            assert meta.speaker == ("林知远" if head else None)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("页.html", "<html><body><h1>政府工作报<br>告</h1>{}</body></html>"),
        ("页.html", "<html><body><p align=center>政府<br>工作报告</p>{}</body></html>"),
        ("稿.rtf", r"{{\rtf1\ansicpg936 \qc 政府工作\line 报告\par {}}}"),
    ],
)
def test_it_is_one_in_every_carrier(name: str, text: str) -> None:
    lines = (HEAD + BODY).split("\n")
    if name.endswith("html"):
        whole = text.format("".join(f"<p>{line}</p>" for line in lines if line))
    else:
        whole = text.format(r"\par ".join(line for line in lines if line))
        whole = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in whole)
    draft = read(whole, name)
    assert (draft.metadata.title, draft.metadata.title_inferred) == ("政府工作报告", False)
    kept = [span for span in draft.removed if span.kind == "title"]
    assert squeeze("".join(span.text for span in kept)) == "政府工作报告"
    assert all(draft.raw[span.start : span.end] == span.text for span in kept)


@pytest.mark.parametrize(
    "lines",
    [
        ["青芜县", "政府工作报告"],
        ["青芜县人大常委会", "在市人大常委会会议上的讲话"],
        ["在线访谈", "在市人大常委会会议上的讲话"],
        ["您现在所在位置", "市人大常委会会议上的讲话"],
        ["关于我县教育工作的调研", "政府工作报告"],
        ["云岭省", "青芜县政府工作报告"],
        ["青芜县人民代表大会常务委员会", "工作"],
        ["奋力开创青芜县人大工作新局面", "发展"],
        ["政府工作报告", "（摘要）"],
        ["在市人大常委会会议上的讲话", "在市委会议上的讲话"],
    ],
)
def test_lines_that_stand_alone_are_not_one_for_certain(lines: list[str]) -> None:
    assert not is_one_title(lines)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("在市人大\n常委会第三次\n会议上的讲话", "在市人大常委会第三次会议上的讲话"),
        ("政府工作报\n\n告", "政府工作报告"),
        ("坚定信心，发展全过程人民\n民主", "坚定信心，发展全过程人民民主"),
        ("　　　政府工作\n　　　报告", "政府工作报告"),
        (
            "林知远同志在市人大常委会\n第三次会议上的讲话",
            "林知远同志在市人大常委会第三次会议上的讲话",
        ),
        ("县人大常委会关于《代表法》\n实施情况的报告", "县人大常委会关于《代表法》实施情况的报告"),
        (
            "坚持党的领导 发挥代表作\n用 推动人大工作高质量发展",
            "坚持党的领导 发挥代表作用 推动人大工作高质量发展",
        ),
    ],
)
def test_it_is_one_under_the_lines_of_a_site_too(lines: str, title: str) -> None:
    above = "首页 > 政务公开 > 领导讲话\n字体：大 中 小\n"
    below = "来源：青芜县人民政府网　2023-05-08 09:00\n浏览：123次\n"
    meta = read(f"{above}{lines}\n{below}{BODY}").metadata
    assert (meta.title, meta.title_inferred, meta.subtitle) == (title, False, None)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("扎实做好新时代代表建议办理", "工作"),
        ("凝心聚力推动枫岭乡村全面", "振兴"),
        ("奋力开创青芜县人大工作新", "局面"),
        ("以高质量监督助力营商环境", "建设"),
    ],
)
def test_the_last_word_of_a_headline_is_its_own_on_a_line_alone(first: str, last: str) -> None:
    meeting = "青芜县第十七届人大常委会第二十次会议上的讲话"
    meta = read(f"{first}\n{last}\n——在{meeting}\n{HEAD}{BODY}").metadata
    assert (meta.title, meta.subtitle) == (first + last, f"在{meeting}")
    assert read(f"{first}\n{last}\n{HEAD}{BODY}").metadata.title == first + last
    two = read(f"坚持以人民为中心的发展思想\n{first}\n{last}\n{HEAD}{BODY}").metadata
    assert two.title == f"坚持以人民为中心的发展思想 {first}{last}"


@pytest.mark.parametrize("who", ["县长林知远：", "林知远:", "县委副书记、县长 林知远："])
def test_it_is_one_behind_its_speaker_and_a_colon(who: str) -> None:
    title = "在全县防汛工作会议上的讲话"
    for at in (3, 7, 11):
        lines = f"{who}{title[:at]}\n{title[at:]}\n发布日期：2023-07-02 17:20:31\n"
        meta = read(lines + BODY).metadata
        assert (meta.title, meta.speaker, meta.title_inferred) == (title, "林知远", False), lines


def test_phrases_keep_a_blank_between_them_and_cut_words_none() -> None:
    assert (
        join_parts(["决胜全面建成小康", "夺取新的伟大胜利"]) == "决胜全面建成小康 夺取新的伟大胜利"
    )
    assert join_parts(["关于青芜县20", "23年预算的报告"]) == "关于青芜县2023年预算的报告"
    assert join_parts(["芦汀", "市人民代表大会公告"]) == "芦汀市人民代表大会公告"


@pytest.mark.parametrize("kind", PIECES)
def test_a_title_of_a_hundred_characters_and_more_is_read_whole(kind: str) -> None:
    *first, last = PIECES[kind]
    longest = 0
    for title in (words + last for words in accumulate(first)):
        longest = count_chars(title)
        for head in (HEAD, "林知远\n", "2023年5月6日\n", ""):
            meta = read(f"{title}\n{head}{BODY}").metadata
            assert (meta.title, meta.title_inferred) == (title, False), (longest, head)
            assert meta.speaker == ("林知远" if "林知远" in head else None), (longest, head)
            assert ("delivered" in meta.dates) == ("2023" in head), (longest, head)
    assert longest >= 100
