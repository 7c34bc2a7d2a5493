"""Numbers in fewer bytes are read as NumPy reads whole ones."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest
from hypothesis import given, strategies as st

from search.arrays import small_numbers
from search.arrays.small_numbers import SortedHashes, SplitNumbers

# Close together and far apart, so that buckets are shared, empty and the last.
NUMBERS = st.lists(
    st.integers(0, 2**32 - 1) | st.integers(65_530, 65_545) | st.integers(2**32 - 5, 2**32 - 1),
    max_size=40,
).map(lambda numbers: np.array(numbers, dtype=np.uint32))


@given(NUMBERS, st.slices(40))
def test_split_numbers_come_back(numbers: np.ndarray, part: slice) -> None:
    for some in (numbers, numbers % 2**24):
        assert SplitNumbers.split(some)[part].tolist() == some[part].tolist()


@pytest.mark.parametrize("least", [0, 2**18], ids=["in buckets", "whole"])
@given(NUMBERS, NUMBERS, st.sampled_from(["left", "right"]))
def test_hashes_are_found_where_numpy_finds_them(
    least: int, hashes: np.ndarray, asked: np.ndarray, side: Literal["left", "right"]
) -> None:
    hashes.sort()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(small_numbers, "LEAST_BUCKETED", least)
        packed = SortedHashes.pack(hashes)
    assert packed[:].tolist() == hashes.tolist()
    assert packed.searchsorted(asked, side).tolist() == hashes.searchsorted(asked, side).tolist()
