"""An index folder of its own for every test that takes index_folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import search
from corpus_app.catalog.models import Speech
from tests.search.factories import Part, make_speech


@pytest.fixture
def corpus(index_folder: Path, db: None) -> dict[str, Speech]:
    """Three speeches of invented places."""
    speeches = {
        "work": make_speech(
            "在云岭市人大工作会议上的讲话",
            [
                Part("", "同志们：今天召开会议。"),
                Part(
                    "加强和改进监督工作",
                    "监督是宪法赋予的职责。",
                    [
                        Part("", "要抓好预算审查。", marker="一是"),
                        Part("", "要支持代表依法履职，密切联系群众。", marker="二是"),
                    ],
                    marker="一、",
                ),
                Part("发展全过程人民民主", "建好“四个机关”。", marker="二、"),
            ],
            organisation="云岭市人大常委会",
            date="2023-05-06",
            level="prefecture",
            genre="work_conference",
        ),
        "station": make_speech(
            "代表家站经验交流",
            [Part("接待群众", "代表进站履职，听取信访诉求。", marker="一、")],
            organisation="砚桥镇人大",
            date="2022-06",
            level="township",
        ),
        "old": make_speech(
            "学习會講話",
            [Part("", "機關黨建要抓實。")],
            completeness="gapped",
            gap_in="要抓實",
        ),
    }
    search.rebuild_index()
    return speeches
