"""The guide's table of who may do what says what the addresses answer."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from tests.pages.test_access import MAY_POST, POSTS, ROLES, TABLE
from tests.places import ROOT

# The beginning of each line of the table → addresses that show it, and posts that do it.
SHOWN = {
    "检索、阅读": (["search", "speech", "theme", "slogan", "concordance", "trends", "cite"], []),
    "用接口": ([], []),
    "建自己的摘编": (["basket_list", "basket_shared"], ["basket_new", "gather"]),
    "收文稿": (["upload", "batch_list", "batch"], ["upload", "paste", "fetch", "batch_files"]),
    "看草稿": (["queue", "review"], ["queue_look"]),
    "看原文": (["speech_original", "review"], []),
    "改正文": (["review"], ["review", "review_text", "review_outline"]),
    "排除识别有误": ([], ["review_mention", "review_theme", "theme_similar"]),
    "合并、补全": (
        ["compare", "bulk", "bulk_table", "bulk_table_rows"],
        ["fill_gaps", "compare", "bulk_new", "bulk_run", "bulk_table"],
    ),
    "立“总是剔除”": (["rules", "rule_new"], ["rule_new", "rule_change"]),
    "看改动记录": (["review_history", "review_difference"], ["review_restore"]),
    "管理主题词": (
        ["registry_themes", "registry_theme", "registry_slogans", "registry_changes"],
        ["registry_theme", "registry_slogan", "registry_run"],
    ),
    "删除讲话": (
        ["users", "user", "record", "laws"],
        ["samples_remove", "user_new", "user_change"],
    ),
}
# What the administration does follows from rights alone.
RIGHTS = {"管理主题词": "change_speaker", "删除讲话": "delete_speech"}


def read_table() -> dict[str, tuple[bool, ...]]:
    """Return for each line of the guide's table which of the roles may."""
    text = (ROOT / "docs" / "admin-guide.md").read_text("utf-8")
    part = text[text.index("## 六、") : text.index("## 七、")]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")]
    return {row[0]: tuple(cell == "✓" for cell in row[1:]) for row in rows[2:]}


def find_row(beginning: str) -> tuple[bool, ...]:
    found = [may for name, may in read_table().items() if name.startswith(beginning)]
    assert len(found) == 1, beginning
    return found[0]


def test_every_line_of_the_table_is_known() -> None:
    lines = [next((b for b in SHOWN if name.startswith(b)), name) for name in read_table()]
    assert lines == list(SHOWN)


@pytest.mark.parametrize("beginning", SHOWN)
def test_the_addresses_answer_as_the_table_says(beginning: str) -> None:
    may = find_row(beginning)
    addresses, posts = SHOWN[beginning]
    for name in addresses:
        assert tuple(status == 200 for status in TABLE[name]) == may, name
    for name in posts:
        assert tuple(role in MAY_POST[POSTS[name]] for role in ROLES) == may, name


@pytest.mark.django_db
@pytest.mark.parametrize("beginning", RIGHTS)
def test_the_administrations_rights_are_the_tables(beginning: str) -> None:
    holding = Group.objects.filter(permissions__codename=RIGHTS[beginning])
    names = set(holding.values_list("name", flat=True))
    assert tuple(role in names for role in ROLES) == find_row(beginning)
