"""Folders of invented files as they come from the web, and how they get onto the desk's front."""

from __future__ import annotations

import io
import random
import re
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

TOPICS = (
    *("河湖巡查", "老旧小区", "乡村教育", "粮食收购"),
    *("养老食堂", "公交线路", "农贸市场", "夜间照明"),
)
PLACES = ("云岫县", "芦汀市", "青芜县", "石桥镇", "槐荫区", "雁回县", "沙洲镇", "竹溪市")
# A speech has some of these, about its own subject in its own place.
SENTENCES = (
    "去年秋天，代表小组在{place}东头住了三晚，把{topic}的难处一件件记在本子上。",
    "{topic}牵着家家户户，账要算细，话要说实，谁来办、哪天办完，都要写在墙上让人看得见。",
    "有位老代表讲，{topic}的文件年年发，{place}的群众只认一条：今年比去年好了没有。",
    "审议意见送过去以后，{place}的承办单位两个月里跑了九趟，三次请代表到现场验看。",
    "不要怕提意见的人多。关于{topic}，{place}收到的信一共二百四十封，每一封都有回音。",
    "监督{topic}，先学法条，再看台账，最后到现场；少一步，问出来的话就轻飘飘。",
    "{place}财力不宽裕，{topic}的钱更要花在刀刃上，预算草案里这一项，请大家逐行看过。",
    "暗访的时候我们不打招呼，清早五点就到，{topic}办得怎样，看一眼就明白七八分。",
    "凡是答复“正在研究”的，满三十天再问一次；{topic}这件事，{place}已经问到了第四次。",
    "把{topic}列入民生实事票决项目，是{place}三百一十名代表一票一票投出来的。",
    "家站的门天天开着，{place}的群众路过就进来坐坐，{topic}的线索有一半是这样听来的。",
    "办成的要晒出来，没办成的也要晒出来，{topic}进展到哪一步，{place}的公示栏每月换一次。",
    "有的同志说{topic}归几个部门管，不好协调；人大开会，就是要请这几个部门坐到一张桌上。",
    "{place}下一步要修订办法，{topic}里行之有效的做法，该固定的用条文固定下来。",
    "专题询问不是走过场。今天关于{topic}的十二个问题，没有一个是事先给过答案的。",
    "评议打分拉开了距离，{topic}这一项最低的只有六十一分，分数当天就通报{place}全县。",
)
TEXT = """在{place}{topic}专题询问会上的讲话
（2022年{month}月8日）
{place}人大常委会主任 林知远

同志们：
今天专门就{topic}开一次询问会。下面，我讲三点意见。

一、把{topic}的底数摸清楚
{first}

二、把{topic}的责任压下去
{second}

三、把{topic}的事情办到底
{third}

同志们，让我们盯住{topic}不放松，把{place}群众的这件心事办好！
"""

# As a page is copied; its words stand in no other file that tests bring in.
PACKED = """听涛文稿网

您的位置：首页 > 讲话 > 正文

在沁源乡选民接待日启动仪式上的讲话

发布时间：2021-07-02 来源：沁源乡人大

各位选民、各位代表：
从今天起，每月二号，代表都在乡里的老槐树下等大家来。我只讲两件事。
一、来了要有凳子坐
凳子摆在外头，茶水放在手边，谁先到谁先讲，不登记、不盘问。
二、走了要有回话听
三天之内给一句准话，办不到的，由代表本人登门说明白。
"""


def write_speech(number: int) -> str:
    """Return one of many speeches that differ from one another throughout."""
    topic, place = TOPICS[number % 8], PLACES[(number * 3 + number // 8) % 8]
    chosen = random.Random(number).sample(SENTENCES, 9)
    parts = ["".join(chosen[start : start + 3]) for start in (0, 3, 6)]
    named = dict(zip(("first", "second", "third"), parts, strict=True))
    return TEXT.format(place=place, topic=topic, month=number % 12 + 1, **named).format(
        place=place, topic=topic
    )


def write_folder(folder: Path, count: int = 5, mark: str = "") -> Path:
    """Fill a folder as they are found: good files, a copy, damaged ones, litter, an archive."""
    below = folder / "下级" / "材料"
    below.mkdir(parents=True)
    for number in range(count):
        place = below if number % 2 else folder
        (place / f"{number:02}.txt").write_text(write_speech(number) + mark, "utf-8")
    (folder / "副本.txt").write_text(write_speech(0) + mark, "utf-8")
    (folder / "坏了.docx").write_bytes(b"PK\x03\x04 no document")
    (folder / "空的.txt").write_bytes(b"")
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (folder / "打包.zip").write_bytes(pack({"甲/网页.txt": PACKED + mark}))
    return folder


def pack(files: dict[str, str]) -> bytes:
    """Return a zip archive of texts by path."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return packed.getvalue()


def drop(page: Page, *paths: Path) -> None:
    """Drop files and folders from the disk onto the page's drop area, as a hand would."""
    box = page.locator("[data-drop]").bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        place = {"x": box["x"] + 40, "y": box["y"] + 20}
        session.send("Input.dispatchDragEvent", {"type": kind, **place, "data": data})


def wait_for_batch(page: Page) -> None:
    page.wait_for_url(re.compile(r"/intake/batches/\d+/$"))


def wait_until_done(page: Page) -> None:
    """Wait, without reloading, until the batch page says that the worker is through."""
    expect(page.locator(".batch-state")).to_contain_text("已完成")
