"""A wording is called standard only where its official source is at hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from corpus_app.slogans.models import Slogan

SOURCED: dict[str, Any] = {
    "text": "四项承诺",
    "kind": "counted",
    "standard": "落实“四项承诺”",
    "sourced": True,
    "source_document": "蒲原市代表工作条例",
    "source_place": "第九条第二款",
    "source_quote": "代表应当落实“四项承诺”，接受选民监督。",
}


def test_with_a_checked_document_and_its_words_a_wording_is_standard() -> None:
    slogan = Slogan(**SOURCED)
    slogan.full_clean(validate_unique=False)
    assert slogan.standard_wording == "落实“四项承诺”"


@pytest.mark.parametrize(
    "missing", [{"sourced": False}, {"source_document": ""}, {"source_quote": ""}]
)
def test_without_any_of_them_it_is_not_and_cannot_be_said(missing: dict[str, Any]) -> None:
    slogan = Slogan(**{**SOURCED, **missing})
    assert slogan.standard_wording == ""
    with pytest.raises(ValidationError) as refused:
        slogan.full_clean(validate_unique=False)
    assert set(refused.value.message_dict) == {"standard"}


def test_a_slogan_that_says_nothing_of_a_standard_needs_no_source() -> None:
    Slogan(text="四项承诺", kind="counted").full_clean(validate_unique=False)
