"""What comparing one field of two heads finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _, gettext_lazy

LABELS: Final = {
    "title": gettext_lazy("标题"),
    "occasion": gettext_lazy("场合"),
    "speaker": gettext_lazy("讲话人"),
    "organisation": gettext_lazy("单位"),
    "place": gettext_lazy("地区"),
    "date": gettext_lazy("日期"),
}


class Agreement(StrEnum):
    """Whether two heads, or one field of them, speak for one speech, for two, or for neither."""

    AGREE = "agree"
    UNKNOWN = "unknown"
    CONTRADICT = "contradict"


@dataclass(frozen=True)
class FieldFinding:
    """What one field says: its agreement, both values as they stand, and how much it proves.

    telling is true where the field alone, or with one other, names a single event: a title with
    its ordinals, a date to the month; a shared generic title or year is not. common is true
    where the first value distinguishes nothing: 讲话, the day on which a page was made.
    """

    name: str
    agreement: Agreement
    first: str = ""
    second: str = ""
    telling: bool = False
    common: bool = False

    @property
    def label(self) -> str:
        """Return the field's name in words."""
        return str(LABELS[self.name])

    @property
    def reason(self) -> str:
        """Return in words what the two values are to each other."""
        values = {"label": self.label, "first": self.first, "second": self.second}
        if self.agreement is Agreement.CONTRADICT:
            return _("%(label)s不同（%(first)s／%(second)s）") % values
        if self.agreement is Agreement.AGREE:
            return _("%(label)s一致（%(first)s）") % values
        return _("%(label)s不能说明问题") % values
