"""Two reports of an invented body, a year apart."""

from __future__ import annotations

from corpus_app.catalog.models import Speech
from tests.search.factories import Part, make_speech

THANKS = "过去一年的成绩，离不开全体代表的支持。"
MOVED = "常委会组织代表视察藕塘灌区，推动渠道管护责任落到村组。"


def make_reports(body: str = "柳浦镇人大") -> tuple[Speech, Speech]:
    """Return the reports of 2022 and 2023, stored and published."""
    older = make_speech(
        "柳浦镇人大工作报告（2022年）",
        [
            Part(
                "2022年工作回顾",
                f"全年审议专项工作报告12项，开展执法检查3次。\n{MOVED}\n{THANKS}",
                marker="一、",
            ),
            Part(
                "2023年工作安排",
                "我们将办好代表联络站，每月接待群众一次。修订柳浦镇农田水利管理办法。"
                "开展《湿地保护条例》执法检查，督促有关部门整改。",
                marker="二、",
            ),
        ],
        organisation=body,
        date="2023-01-10",
        genre="report",
    )
    newer = make_speech(
        "柳浦镇人大工作报告（2023年）",
        [
            Part(
                "2023年工作回顾",
                f"全年审议专项工作报告15项，开展执法检查3次。\n{THANKS}\n"
                "一年来办好代表联络站，每月接待群众一次，办结建议300件。",
                marker="一、",
            ),
            Part("2024年工作安排", f"我们将设立镇村两级议事会。\n{MOVED}", marker="二、"),
        ],
        organisation=body,
        date="2024-01-12",
        genre="report",
    )
    return older, newer
