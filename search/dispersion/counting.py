"""Count places by where they stand, and measure how evenly they fall over speeches."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from search.arrays.tables import Array
from search.dispersion.request import DispersionRequest
from search.dispersion.result import Dispersion, Slice
from search.study.opening import Study, open_study
from search.study.positions import (
    FIRST_SECTION,
    NAMED_PARTS,
    PART_COUNT,
    TENTHS,
    find_parts,
    find_tenths,
    label_position,
    measure_parts,
    name_part,
)


def answer_dispersion(request: DispersionRequest) -> Dispersion:
    """Return where the places stand; raise QueryError for a text that can't be read."""
    study = open_study(request.search)
    counts, sizes = _read_speeches(study)
    dp, dp_norm = measure_evenness(counts, sizes)
    return Dispersion(
        grounds=study.grounds,
        request=request,
        total=len(study.places),
        speeches=int((counts > 0).sum()),
        searched_speeches=len(counts),
        parts=_count_parts(study),
        tenths=_count_tenths(study),
        dp=dp,
        dp_norm=dp_norm,
    )


def measure_evenness(counts: Array, sizes: Array) -> tuple[float | None, float | None]:
    """Return Gries' deviation of proportions of counts in parts of these sizes, and its norm.

    After St. Th. Gries, Dispersions and adjusted frequencies in corpora (IJCL 13, 2008), and
    J. Lijffijt and Gries' correction of the norm (IJCL 17, 2012). Parts without characters are
    left out; None twice without a count or with fewer than two parts.
    """
    held = sizes > 0
    counts, sizes = counts[held], sizes[held]
    if len(sizes) < 2 or not counts.sum():
        return None, None
    expected = sizes / sizes.sum()
    dp = float(np.abs(counts / counts.sum() - expected).sum() / 2)
    return dp, dp / (1 - float(expected.min()))


def _read_speeches(study: Study) -> tuple[Array, Array]:
    """Return the occurrences and characters of each speech that was looked through."""
    counts, sizes = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for live, own, mask in zip(study.index.segments, study.counts, study.limited, strict=True):
        counts.append(own[mask])
        sizes.append(live.sizes[mask])
    return np.concatenate(counts), np.concatenate(sizes)


def _count_parts(study: Study) -> list[Slice]:
    sizes = np.zeros(PART_COUNT, dtype=np.int64)
    for live, mask in zip(study.index.segments, study.limited, strict=True):
        sizes += measure_parts(live.segment, mask)
    parts = find_parts(study.index, study.places)
    found, speeches = _count(study, parts, PART_COUNT)
    return [
        Slice(
            f"part:{name_part(part)}",
            label_position("part", part),
            found[part],
            speeches[part],
            int(sizes[part]) if part else None,
        )
        for part in _order_parts()
        if found[part] or (part and sizes[part])
    ]


def _order_parts() -> Iterable[int]:
    """Return the parts in reading order, what runs across borders last."""
    across, title, opening, closing, undivided = range(len(NAMED_PARTS))
    sections = range(FIRST_SECTION, PART_COUNT)
    return (title, opening, *sections, closing, undivided, across)


def _count_tenths(study: Study) -> list[Slice]:
    # Places in titles are in no tenth.
    tenths = find_tenths(study.index, study.places) + 1
    found, speeches = _count(study, tenths, TENTHS + 1)
    return [
        Slice(f"tenth:{at}", label_position("tenth", at - 1), found[at], speeches[at], None)
        for at in range(1, TENTHS + 1)
    ]


def _count(study: Study, groups: Array, count: int) -> tuple[list[int], list[int]]:
    """Return for each group how many places it has, and in how many speeches."""
    found = np.bincount(groups, minlength=count)
    # One number for each pair of speech and group: pairs as such take ten times as long to sort.
    pairs = np.unique(study.places.speech_ids * count + groups)
    return found.tolist(), np.bincount(pairs % count, minlength=count).tolist()
