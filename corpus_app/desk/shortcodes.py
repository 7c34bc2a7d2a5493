"""Short codes for places in a text: all that a permanent link needs, so no table keeps it.

A code holds a revision's id, a start and a length, each as base-32 digits of which one bit says
whether more follow, and two check digits. O, I and L read as 0, 1 and 1, case and hyphens don't
count, and one mistyped or two swapped signs are noticed.
"""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUES: Final = {sign: value for value, sign in enumerate(_DIGITS)} | {"o": 0, "i": 1, "l": 1}
# The largest prime below 32²: a remainder by it tells every single and every swapped digit.
_CHECK: Final = 1021
_LONGEST: Final = 40
_LARGEST: Final = 2**63


def encode_place(revision: int, start: int, end: int) -> str:
    """Return the code for the characters start to end of a revision (by its id)."""
    digits: list[int] = []
    for number in (revision, start, end - start):
        digits += _split_number(number)
    check = _sum_digits(digits)
    return "".join(_DIGITS[digit] for digit in (*digits, *divmod(check, 32)))


def decode_place(code: str) -> tuple[int, int, int] | None:
    """Return revision id, start and end; None for what is no code or was mistyped."""
    digits = _read_digits(code)
    if digits is None or _sum_digits(digits[:-2]) != digits[-2] * 32 + digits[-1]:
        return None
    numbers = _join_numbers(digits[:-2])
    if len(numbers) != 3 or max(numbers) >= _LARGEST or numbers[2] == 0:
        return None
    revision, start, length = numbers
    return revision, start, start + length


def _split_number(number: int) -> list[int]:
    """Return four bits a digit, lowest first; all but the last carry 16: more follow."""
    digits = []
    while number >= 16:
        digits.append(number % 16 + 16)
        number //= 16
    return [*digits, number]


def _join_numbers(digits: list[int]) -> list[int]:
    numbers, value, factor = [], 0, 1
    for digit in digits:
        value += digit % 16 * factor
        factor *= 16
        if digit < 16:
            numbers.append(value)
            value, factor = 0, 1
    return numbers if factor == 1 else []


def _read_digits(code: str) -> list[int] | None:
    signs = code.strip().lower().replace("-", "")
    if not 5 <= len(signs) <= _LONGEST or any(sign not in _VALUES for sign in signs):
        return None
    return [_VALUES[sign] for sign in signs]


def _sum_digits(digits: list[int]) -> int:
    total = 0
    for digit in digits:
        total = (total * 32 + digit) % _CHECK
    return total
