"""Where the reference texts lie that are kept beside the project, never in it."""

from __future__ import annotations

import tarfile
from functools import cache
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the reference texts in ../shared are not on this machine"
)
CORPORA = SHARED / "corpora"
# Names of documents, as the registries give them, and the file each stands in.
CONGRESSES = {"十二": 12, "十三": 13, "十四": 14, "十五": 15, "十六": 16, "十七": 17, "十八": 18}
CONGRESSES |= {"十九": 19, "二十": 20}


@cache
def read_laws() -> dict[str, list[str]]:
    """Return title -> the texts of all versions of the law or regulation."""
    laws: dict[str, str] = {}
    titles: dict[str, str] = {}
    with tarfile.open(CORPORA / "laws.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member)
            text = file.read().decode("utf-8") if file else ""
            if member.name.endswith("/metadata.tsv"):
                titles = dict(line.split("\t")[:2] for line in text.splitlines())
            else:
                laws[Path(member.name).stem] = text
    by_title: dict[str, list[str]] = {}
    for name, text in laws.items():
        by_title.setdefault(titles.get(name, name), []).append(text)
    return by_title


@cache
def read_seed(title: str) -> str:
    """Return the raw scraped file whose title, line breaks aside, is the given one."""
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if title in text:
            return text
    return ""


def read_document(name: str) -> str:
    """Return the text of a document named as the registries do; "" where there is none."""
    if name.startswith("党的") and name.endswith("大报告"):
        path = CORPORA / f"cpc_congress/txt/cpc_{CONGRESSES[name[2:-3]]}.txt"
    elif name.endswith("年国务院政府工作报告"):
        path = CORPORA / f"gwr_state_council/txt/gwr_{name[:4]}.txt"
    elif name.startswith("第") and name.endswith("决议"):
        path = CORPORA / f"npc_resolutions/txt/res_{name}.txt"
    else:
        return "".join(read_laws().get(name.partition("（")[0], [])) or read_seed(name)
    return path.read_text(encoding="utf-8") if path.is_file() else ""
