from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search.arrays.memory import map_array


@pytest.mark.parametrize(
    "array",
    [
        np.arange(7, dtype=np.uint32),
        np.arange(6, dtype=np.int64).reshape(3, 2),
        np.zeros((0, 6), dtype=np.int64),
        np.zeros(0, dtype=np.uint8),
        np.array([True, False]),
        np.asfortranarray(np.arange(6).reshape(3, 2)),
        np.array(5),
    ],
)
def test_it_reads_what_numpy_wrote(array: Any, tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", array)
    found = map_array(tmp_path, "a")
    np.testing.assert_array_equal(found, array)
    assert found.dtype == array.dtype
    assert found.shape == array.shape


@pytest.mark.parametrize("size", [0, 5, 100, 130])
def test_a_file_cut_short_is_told(size: int, tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.arange(7))
    path = tmp_path / "a.npy"
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises((OSError, ValueError, EOFError)):
        map_array(tmp_path, "a")


def test_what_is_mapped_can_not_be_written_to(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.arange(7))
    with pytest.raises(ValueError, match="read-only"):
        map_array(tmp_path, "a")[0] = 1
