"""Which tables hold what readers may be shown: a change there makes what is kept out of date."""

from __future__ import annotations

import re
from typing import Final

# Read on no page that is kept: all else counts, a table that is added later too.
_UNSEEN: Final = re.compile(
    "(?:batches|desk|django|intake|laws|otp|programs|proofreading|review)_|accounts_session$"
    "|access_(?:activity|requestcount|failurecount)$|api_apitoken$|auth_user$"
    "|catalog_(?:speechchange|lease)$"
)


def is_shown(table: str) -> bool:
    """Tell whether readers may be shown what the table of that name holds.

    >>> is_shown("catalog_speech"), is_shown("django_session")
    (True, False)
    """
    return not _UNSEEN.match(table)
