"""Refused parameters in Chinese words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# By pydantic's names of errors; %(…)s are the values that pydantic gives along.
_WORDS: Final = {
    "missing": gettext_lazy("缺少这个参数"),
    "int_parsing": gettext_lazy("应为整数"),
    "int_from_float": gettext_lazy("应为整数"),
    "int_parsing_size": gettext_lazy("数字太大"),
    "int_type": gettext_lazy("应为整数"),
    "bool_parsing": gettext_lazy("应为 true 或 false"),
    "bool_type": gettext_lazy("应为 true 或 false"),
    "string_too_long": gettext_lazy("最多 %(max_length)s 字"),
    "string_too_short": gettext_lazy("至少 %(min_length)s 字"),
    "too_long": gettext_lazy("最多 %(max_length)s 个"),
    "too_short": gettext_lazy("至少 %(min_length)s 个"),
    "greater_than_equal": gettext_lazy("不得小于 %(ge)s"),
    "less_than_equal": gettext_lazy("不得大于 %(le)s"),
    "literal_error": gettext_lazy("只能是 %(expected)s"),
}


class UnknownParametersError(ValueError):
    """Parameters that the address does not know; a filter spelt wrong must not be passed over."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(names)
        super().__init__(_("不认识的参数 %(names)s") % {"names": "、".join(self.names)[:200]})


def read_refusals(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return for each refused parameter its name and, in Chinese, why it was refused."""
    return [_read_refusal(error) for error in errors]


def _read_refusal(error: Mapping[str, Any]) -> dict[str, str]:
    values = error.get("ctx") or {}
    cause = values.get("error")
    if isinstance(cause, UnknownParametersError):
        return {"parameter": cause.names[0][:60], "message": str(cause)}
    names = [str(part) for part in error.get("loc", ()) if isinstance(part, str)]
    words = _WORDS.get(str(error.get("type")))
    message = str(cause) if cause else str(words) % values if words else _("值无效")
    return {"parameter": names[-1] if names else "", "message": message.replace(" or ", "、")}
