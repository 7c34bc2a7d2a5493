"""Who spoke: offices, names of all peoples, brackets, commas, labels, in either order."""

from __future__ import annotations

import pytest

from corpus_app.ingest.metadata.names import may_be_name, split_office
from corpus_app.ingest.metadata.persons import tell_person


@pytest.mark.parametrize(
    ("line", "role", "name"),
    [
        ("县委书记 顾云舟", "县委书记", "顾云舟"),
        ("顾云舟 县委书记、县人大常委会主任", "县委书记、县人大常委会主任", "顾云舟"),
        ("顾云舟，枫岭县县长", "枫岭县县长", "顾云舟"),
        ("顾云舟（县委书记）", "县委书记", "顾云舟"),
        ("（县委书记　顾 云）", "县委书记", "顾云"),
        ("县长（代） 顾云舟", "县长（代）", "顾云舟"),
        ("代县长：顾云舟", "代县长", "顾云舟"),
        ("县长 顾云舟（女，回族）", "县长", "顾云舟"),
        ("报告人：县长 顾云舟", "县长", "顾云舟"),
        ("州长 嘎玛泽登", "州长", "嘎玛泽登"),
        ("州长　扎西多吉同志", "州长", "扎西多吉"),
        ("县长 艾尔肯·吐尼亚孜", "县长", "艾尔肯·吐尼亚孜"),
        ("阿依古丽·买买提（区长）", "区长", "阿依古丽·买买提"),
        ("邱毅（區委副書記、區長）", "區委副書記、區長", "邱毅"),
        ("县委书记 顾云舟 2023年5月6日", "县委书记", "顾云舟"),
    ],
)
def test_office_and_holder_are_told_apart(line: str, role: str, name: str) -> None:
    assert tell_person(line) == {"speaker": name, "speaker_role": role}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("枫岭县人大常委会 顾云舟", {"speaker": "顾云舟", "organisation": "枫岭县人大常委会"}),
        ("（作者系枫岭县委书记）", {"speaker_role": "枫岭县委书记"}),
        ("顾　云　舟", {"speaker": "顾云舟"}),
        ("扎西多吉", {"speaker": "扎西多吉"}),
        ("顾云舟 陆明远", {}),
        ("手机版", {}),
        ("十三日", {}),
        ("星期六", {}),
        ("第三次会议", {}),
        ("办公室", {}),
    ],
)
def test_what_is_no_person_is_none(line: str, told: dict[str, str]) -> None:
    assert tell_person(line) == told


def test_a_name_that_no_list_knows_needs_an_office_and_a_blank() -> None:
    assert split_office("州长 嘎玛泽登") is None
    assert split_office("州长 嘎玛泽登", certain=False) == ("州长", "嘎玛泽登")
    assert may_be_name("嘎玛泽登")
    assert not may_be_name("二月里的一天")
