"""What sections are about, and what they only mention; all wording invented."""

from __future__ import annotations

import pytest

from corpus_app.themes.bearing import AboutReason, Verdict, judge_sections
from corpus_app.themes.matching import Term, TermMatcher
from corpus_app.themes.prominence import OwnWords

RIVERS, FARMS, DUTY = 1, 2, 3
TERMS = (
    Term(RIVERS, "河湖", 2.0),
    Term(RIVERS, "污染防治", 3.0),
    Term(RIVERS, "排污口", 2.0),
    Term(RIVERS, "清淤", 1.0),
    Term(FARMS, "乡村振兴", 3.0),
    Term(FARMS, "稻田", 1.0),
    Term(DUTY, "代表履职", 3.0),
    Term(DUTY, "履职档案", 2.0),
)


def put(own: str, heading: str = "", key: str = "1", parent: str = "") -> OwnWords:
    marker = own[: own.index(heading)].strip() if heading else ""
    return OwnWords(key, parent, marker, heading, own)


def judge(*passages: OwnWords, title: str = "在会上的讲话") -> dict[str, dict[int, Verdict]]:
    return judge_sections(title, passages, TermMatcher(TERMS))


def reason(
    own: str, theme: int, heading: str = "", title: str = "在会上的讲话"
) -> AboutReason | None:
    return judge(put(own, heading), title=title)["1"][theme].reason


def test_one_passing_mention_is_no_theme() -> None:
    own = (
        "二要遵守纪律。大家要安排好手头的事，按时到课，不迟到不早退。"
        "会场里把手机调到静音，晚上不外出聚会。请假要写条子，由带队的同志签字。"
        "缺课的记入代表履职档案。"
    )
    verdict = judge(put(own, "遵守纪律"))["1"][DUTY]
    assert verdict.reason is None
    assert verdict.mentions
    assert verdict.evidence == [("代表履职", 1)] or verdict.evidence[0][0] == "代表履职"


def test_a_field_in_a_list_of_fields_is_no_theme() -> None:
    own = (
        "三是要选准题目。要围绕产业建设、乡村振兴、道路养护、文化惠民等安排议题，"
        "每季度排出清单，逐项落实到人，办结一件销号一件，办不结的说明原因。"
    )
    assert reason(own, FARMS, "要选准题目") is None


def test_what_the_heading_names_it_is_about() -> None:
    own = "一、打好污染防治硬仗\n各乡镇要把任务领回去，一件一件办，办到群众点头为止。"
    assert reason(own, RIVERS, "打好污染防治硬仗") == AboutReason.HEADING


def test_what_it_opens_with_and_goes_on_with_it_is_about() -> None:
    own = "污染防治先看河湖。排污口要逐个登记，该封的封，该改的改，开春前全部见底。"
    assert reason(own, RIVERS) == AboutReason.TOPIC


def test_what_it_comes_back_to_it_is_about() -> None:
    own = (
        "这一年大家都很辛苦，开了不少会，走了不少路，也听了不少意见，办成了几件事。"
        "河湖要有人管，排污口要有人查。路灯坏了要修，公厕脏了要扫，菜场乱了要理。"
        "污染防治不能停，河湖清淤不能拖。年底前各单位把账对一遍，把人情理一理。"
    )
    assert reason(own, RIVERS) in (AboutReason.TOPIC, AboutReason.SUSTAINED)


def test_a_part_that_hints_at_what_stands_above_goes_on_with_it() -> None:
    judged = judge(
        put("一、全面推进乡村振兴\n有四件事要抓。", "全面推进乡村振兴"),
        put("一是用地难。稻田边想盖一间冷库，申请半年批不下来。", "用地难", "1.1", "1"),
        put("二是治理污染。污染防治要跟上，排污口要封。", "治理污染", "1.2", "1"),
        put("三是开好会。会前把材料看完，会上把话说透。", "开好会", "1.3", "1"),
    )
    assert judged["1.1"][FARMS].reason == AboutReason.PARENT
    assert judged["1.1"][FARMS].named_at == "1"
    assert FARMS not in judged["1.2"] or judged["1.2"][FARMS].reason is None
    assert FARMS not in judged["1.3"]


def test_a_long_section_is_not_about_what_little_of_it_treats() -> None:
    filling = "路灯坏了要修，公厕脏了要扫，菜场乱了要理，会开得短一些，文件写得实一些。" * 12
    own = f"河湖要有人管，排污口要有人查。{filling}污染防治不能停，河湖清淤不能拖。"
    assert reason(own, RIVERS) is None
    assert reason(own.replace(filling, filling[:80]), RIVERS) is not None


def test_a_title_makes_a_theme_of_what_the_section_hints_at() -> None:
    own = "去年稻田多收了三成，今年还要扩种，水渠要修好，机耕路要通到田头。"
    assert reason(own, FARMS) is None
    assert reason(own, FARMS, title="在乡村振兴现场会上的讲话") in (
        AboutReason.TITLE,
        AboutReason.SPEECH,
    )


def test_the_closing_call_makes_no_theme() -> None:
    own = "同志们，让我们更加紧密地团结起来，推进污染防治、河湖清淤和排污口治理，再创新业！"
    passage = OwnWords("1", "", "", "", own, frames=True)
    assert judge(passage)["1"][RIVERS].reason is None


@pytest.mark.parametrize("size", [0, 1])
def test_speeches_without_terms_are_about_nothing(size: int) -> None:
    judged = judge(*[put("大家辛苦了，今天就讲到这里，散会。")][:size])
    assert all(not found for found in judged.values())


def test_the_same_passages_are_judged_the_same() -> None:
    passages = [put("污染防治先看河湖。排污口要逐个登记。", key=str(n)) for n in range(5)]
    assert judge(*passages) == judge(*passages)
