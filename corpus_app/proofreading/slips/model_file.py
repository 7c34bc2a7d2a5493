"""The model's file: named arrays behind a head of JSON, read by mapping the file into memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_MAGIC: Final = b"YKSLIPS1"
_ALIGNED: Final = 64


@dataclass(frozen=True, slots=True)
class ModelFile:
    """What a model's file holds: facts (what it was learnt from, its settings) and arrays."""

    facts: dict[str, Any]
    arrays: dict[str, NDArray[Any]]


def write_model(path: Path, model: ModelFile) -> None:
    """Write a model's file; the same facts and arrays give the same bytes."""
    places, at = {}, 0
    for name, array in model.arrays.items():
        places[name] = [array.dtype.str, list(array.shape), at]
        at += _pad(array.nbytes)
    head = json.dumps({"facts": model.facts, "arrays": places}, ensure_ascii=False).encode()
    head += b" " * (_pad(len(head) + 16) - len(head) - 16)
    with path.open("wb") as file:
        file.write(_MAGIC + len(head).to_bytes(8, "little") + head)
        for array in model.arrays.values():
            data = np.ascontiguousarray(array).tobytes()
            file.write(data + bytes(_pad(len(data)) - len(data)))


def open_model(path: Path) -> ModelFile:
    """Return a model whose arrays are read from the file where they are looked at.

    Raises ValueError for a file of another kind.
    """
    # As a plain array: what is taken from a mapped one is wrapped each time, which costs more.
    whole = np.memmap(path, np.uint8, "r").view(np.ndarray)
    if bytes(whole[:8]) != _MAGIC:
        raise ValueError(f"{path.name} is no model of slips")
    length = int.from_bytes(bytes(whole[8:16]), "little")
    head: Mapping[str, Any] = json.loads(bytes(whole[16 : 16 + length]))
    arrays = {}
    for name, (kind, shape, at) in head["arrays"].items():
        start = 16 + length + at
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        arrays[name] = whole[start : start + size].view(kind).reshape(shape)
    return ModelFile(head["facts"], arrays)


def _pad(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
