"""Refused parameters in Chinese words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _, gettext_lazy
from pydantic_core import PydanticCustomError

from search import ENDS

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


UNKNOWN: Final = "unknown_parameters"


def refuse_names(names: Iterable[str]) -> PydanticCustomError:
    """Return the error for names that the address does not know.

    A filter spelt wrong must not be passed over: the list would be longer than what was asked.
    """
    listed = sorted(names)
    message = _("不认识的参数 %(names)s") % {"names": "、".join(listed)[:200]}
    if meant := [ENDS[name] for name in listed if name in ENDS]:
        message += _("；限定年份请用 %(names)s") % {"names": "、".join(meant)}
    values = {"parameter": listed[0][:60], "message": message}
    return PydanticCustomError(UNKNOWN, "{message}", values)


def read_refusals(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return for each refused parameter its name and, in Chinese, why it was refused."""
    return [_read_refusal(error) for error in errors]


def _read_refusal(error: Mapping[str, Any]) -> dict[str, str]:
    values = error.get("ctx") or {}
    if error.get("type") == UNKNOWN:
        return {"parameter": values["parameter"], "message": values["message"]}
    cause = values.get("error")
    names = [str(part) for part in error.get("loc", ()) if isinstance(part, str)]
    words = _WORDS.get(str(error.get("type")))
    message = str(cause) if cause else str(words) % values if words else _("值无效")
    return {"parameter": names[-1] if names else "", "message": message.replace(" or ", "、")}
