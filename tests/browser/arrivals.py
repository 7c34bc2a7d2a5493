"""Folders of invented files as they come from the web, and how they get onto the desk's front."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_uploading import SCRAPED

TOPICS = (
    "河湖巡查",
    "老旧小区",
    "乡村教育",
    "粮食收购",
    "养老食堂",
    "公交线路",
    "农贸市场",
    "夜间照明",
)
PLACES = ("云岫县", "芦汀市", "青芜县", "石桥镇", "槐荫区", "雁回县", "沙洲镇", "竹溪市")
TEXT = """在{place}{topic}专题询问会上的讲话

（2022年{month}月8日）
{place}人大常委会主任 林知远

同志们：
今天专门就{topic}开一次询问会。下面，我讲两点意见。
一、把{topic}的底数摸清楚
{place}的代表为{topic}走了{count}个村组，记下的话有一大本，条条都要有回音。
二、把{topic}的事情办到底
承办单位要把{topic}列成清单，每月初八向代表报一次进展，办不成的说清楚为什么。
让我们把{place}群众的这件心事办好！
"""


def write_speech(number: int) -> str:
    """Return one of many speeches that differ from one another throughout."""
    topic, place = TOPICS[number % 8], PLACES[(number * 3 + number // 8) % 8]
    return TEXT.format(topic=topic, place=place, month=number % 12 + 1, count=17 + number * 3)


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
    (folder / "打包.zip").write_bytes(pack({"甲/网页.txt": SCRAPED + mark}))
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
    expect(page.locator(".batch-state")).to_contain_text("已完成", timeout=60_000)
