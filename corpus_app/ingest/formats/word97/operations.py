"""The property lists of a binary Word file: operations ("sprm"), each with its operand."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

# How many bytes the operand of each class takes.
OPERANDS: Final = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
TABLE_DEFINITION: Final = 0xD608


def iter_operations(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each operation of a property list with its operand; stops where the list breaks."""
    position = 0
    while position + 2 <= len(data):
        code = struct.unpack_from("<H", data, position)[0]
        position += 2
        size = OPERANDS.get(code >> 13, -1)
        if size < 0:
            wide = code == TABLE_DEFINITION
            head = data[position : position + (2 if wide else 1)]
            size = int.from_bytes(head, "little") - (1 if wide else 0)
            position += len(head)
            if size < 0 or not head:
                return
        yield code, data[position : position + size]
        position += size
