"""Letters as a style writes them: in capitals, or in small letters."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def write_letters(text: str, how: str, before: str) -> str:
    """Return a text as a value of text-transform shows it; before is the character before it.

    >>> write_letters("gdp growth", "capitalize", " ")
    'Gdp Growth'
    """
    if how == "uppercase":
        return text.upper()
    if how == "lowercase":
        return text.lower()
    if how != "capitalize":
        return text
    return _WORD.sub(
        lambda word: (
            word.group()
            if word.start() == 0 and before.isalnum()
            else word.group()[0].upper() + word.group()[1:]
        ),
        text,
    )
