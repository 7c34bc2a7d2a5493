"""The labels of the lines around a speech."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Label(IntEnum):
    """What a line is; the order is that of the numbers in rules/head_model.json."""

    CHROME = 0
    TITLE = 1
    SUBTITLE = 2
    DATE = 3
    SPEAKER = 4
    ORGANISATION = 5
    LABELLED = 6  # label and value
    LABEL = 7  # a label whose value stands below
    VALUE = 8
    CAPTION = 9
    PREFACE = 10
    SALUTATION = 11
    BODY = 12
    TAIL_CHROME = 13
    SIGNATURE = 14
    TAIL_LABELLED = 15
    INNER = 16  # the page's own between lines of the speech


HEAD: Final = frozenset(label for label in Label if label < Label.SALUTATION)
SPEECH: Final = frozenset({Label.SALUTATION, Label.BODY})
WITHIN: Final = SPEECH | {Label.INNER}
TAIL: Final = frozenset({Label.TAIL_CHROME, Label.SIGNATURE, Label.TAIL_LABELLED})
