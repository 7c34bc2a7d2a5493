"""Speeches of random sentences: each unlike all others, and the same for the same seed."""

from __future__ import annotations

import random
from typing import Final

TOWNS: Final = [
    "青芜",
    "芦汀",
    "蒲原",
    "云泽",
    "石浦",
    "柳塘",
    "白鹭",
    "松岭",
    "竹溪",
    "枫桥",
    "荷湾",
    "兰渡",
    "苇泊",
    "梅屿",
    "桐坞",
]
KINDS: Final = ["县", "市", "区", "镇", "乡"]
SUBJECTS: Final = [
    "代表",
    "委员会",
    "各专门委员会",
    "基层单位",
    "村民小组",
    "社区干部",
    "审计部门",
    "监察机关",
    "街道办事处",
    "调研组",
]
VERBS: Final = [
    "检查",
    "讨论",
    "登记",
    "公布",
    "测算",
    "修订",
    "走访",
    "整理",
    "复核",
    "论证",
    "听取",
    "约谈",
    "通报",
    "抽查",
    "归档",
    "督办",
    "移交",
]
OBJECTS: Final = [
    "水库移民安置",
    "乡村道路养护",
    "中小学校舍",
    "养老床位",
    "河道采砂",
    "供热管网",
    "粮食仓储",
    "渔业码头",
    "古树名录",
    "非遗传承",
    "垃圾分拣",
    "林权流转",
    "消防通道",
    "电梯加装",
    "公交线路",
    "义诊站点",
    "危房改造",
    "山塘清淤",
    "茶园灌溉",
]
HOWS: Final = [
    "逐件",
    "分批",
    "按季度",
    "会同有关方面",
    "公开",
    "依照程序",
    "带着问题",
    "到现场",
    "用半年时间",
    "连夜",
]


def write_speech(seed: int, sentences: int = 24) -> str:
    """Return a speech with a title, a date and three sections."""
    draw = random.Random(seed)
    town = draw.choice(TOWNS) + draw.choice(KINDS)
    date = f"（{draw.randint(2005, 2024)}年{draw.randint(1, 12)}月）"
    head = f"在{town}第{seed}次座谈会上的讲话\n{date}\n"
    body = [_write_sentence(draw) for _ in range(sentences)]
    third = sentences // 3
    parts = [
        f"{mark}、{draw.choice(VERBS)}{draw.choice(OBJECTS)}\n"
        + "".join(body[at : at + third])
        + "\n"
        for mark, at in zip("一二三", range(0, sentences, third), strict=False)
    ]
    return head + "同志们：\n下面，我讲三点意见。\n" + "".join(parts)


def _write_sentence(draw: random.Random) -> str:
    number = draw.randint(2, 9999)
    return (
        f"{draw.choice(SUBJECTS)}{draw.choice(HOWS)}{draw.choice(VERBS)}"
        f"{draw.choice(OBJECTS)}{number}处，{draw.choice(VERBS)}{draw.choice(OBJECTS)}，"
        f"{draw.choice(HOWS)}{draw.choice(VERBS)}{draw.choice(TOWNS)}的{draw.choice(OBJECTS)}。"
    )
