"""Which period a speech belongs to; one whose date is not precise enough belongs to none."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from search.arrays.tables import Array

Step = Literal["year", "month"]
Buckets = npt.NDArray[np.int64]

UNDATED: Final = -1
IMPRECISE: Final = -2
_EPOCH_ORDINAL: Final = 719_163  # date(1970, 1, 1).toordinal()
_EPOCH_YEAR: Final = 1970
_MONTHS: Final = 12


def assign_buckets(first: Array, last: Array, step: Step) -> Buckets:
    """Return each speech's period as a number that grows with time.

    first and last are the first and last day that the speech's date stands for, as ordinals, 0
    where none is known. A speech known by its year alone is in that year, but in no month; it
    gets IMPRECISE, one without a date UNDATED.
    """
    start, end = number_days(first, step), number_days(last, step)
    return np.where(first == 0, UNDATED, np.where(start == end, start, IMPRECISE))


def number_days(days: Array, step: Step) -> Buckets:
    """Return the number of the year or month of each day, given as an ordinal."""
    dates = (days.astype(np.int64) - _EPOCH_ORDINAL).astype("datetime64[D]")
    if step == "year":
        return dates.astype("datetime64[Y]").astype(np.int64) + _EPOCH_YEAR
    return dates.astype("datetime64[M]").astype(np.int64) + _EPOCH_YEAR * _MONTHS


def label_bucket(bucket: int, step: Step) -> str:
    """Return a period as it is written in a date: "2021" or "2021-03"."""
    if step == "year":
        return f"{bucket:04d}"
    year, month = divmod(bucket, _MONTHS)
    return f"{year:04d}-{month + 1:02d}"
