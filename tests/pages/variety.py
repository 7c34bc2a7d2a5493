"""More published speeches of the same make, for counting queries."""

from __future__ import annotations

from corpus_app.catalog.models import Speech
from corpus_app.intake.revisions.editing import publish
from tests.catalog.speeches import WORK_CONFERENCE, store

COUNTIES = ("青芜", "芦汀", "蒲原", "苔溪", "杉洲", "桐坞", "荻港", "葛岭")
TOPICS = (
    "水利设施", "乡村道路", "校园食堂", "养老服务", "古树保护", "集市管理", "河道清淤", "夜间照明",
)  # fmt: skip


def store_many(count: int) -> list[Speech]:
    """Store and publish count speeches; the import keeps look-alikes as drafts."""
    speeches = [store(write_speech(number), f"{number}.txt") for number in range(count)]
    for speech in speeches:
        publish(speech)
    return speeches


def write_speech(number: int) -> str:
    """Return a speech of its own place, date and subject."""
    county, topic = COUNTIES[number % 8], TOPICS[number % 8]
    body = WORK_CONFERENCE.replace("青芜", county).replace(
        "2023年5月6日", f"20{15 + number}年5月6日"
    )
    lines = [
        line + f"{topic}这件事第{number}次列入{county}县的议题，代表们逐户走访{topic}的现场。" * 2
        if len(line) > 30
        else line
        for line in body.split("\n")
    ]
    return "\n".join(lines)
