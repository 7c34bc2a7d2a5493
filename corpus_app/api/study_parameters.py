"""What may be asked of the views that study one query."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _, gettext_noop
from ninja import Field
from pydantic import AfterValidator

from corpus_app.api.parameters import StudyAsked
from search import KEYS, read_keys

MOST_KEYS = 2


def _check_keys(value: str) -> str:
    names = [name.strip() for name in value.split(",")]
    if not 1 <= len(set(names)) <= MOST_KEYS or set(names) - set(KEYS):
        raise ValueError(_("只能是 %(codes)s 中的一项或两项") % {"codes": "、".join(KEYS)})
    return ",".join(read_keys(names))


class BreakdownAsked(StudyAsked):
    """A breakdown."""

    by: Annotated[str, AfterValidator(_check_keys)] = Field(
        "year",
        description=gettext_noop(
            "按一项或两项分组，以逗号相隔：year、month、level、genre、speaker、"
            "organisation、place、source、theme"
        ),
        examples=["year,level"],
    )
    limit: int = Field(1_000, ge=1, le=10_000, description=gettext_noop("最多给出几行"))
