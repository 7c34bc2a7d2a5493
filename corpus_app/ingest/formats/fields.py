"""Fields of Word: what a reader sees of one whose result is drawn from its own instruction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from corpus_app.ingest.formats.counting import format_number
from corpus_app.ingest.formats.equations import (
    write_fraction,
    write_lowered,
    write_raised,
    write_root,
)
from corpus_app.ingest.formats.symbols import read_symbol

NAME: Final = re.compile(r"\s*([A-Za-z]+|=)")
SYMBOL: Final = re.compile(
    r'\s*SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.{0,80}?\\f\s*"?([^"\\]+))?', re.I | re.S
)
BUTTON: Final = re.compile(r'\s*\w+\s+(?:"[^"]*"|\S+)\s*(.*)', re.S)
# Numbers that the program counts anew each time: they stand nowhere in the file.
COUNTED: Final = {"AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM"}
FORMAT: Final = re.compile(r'\\\*\s*(?:"[^"]*"|[^\s"\\]+)')
# A switch of EQ with its options, up to the bracket that opens its list.
SWITCH: Final = re.compile(
    r"\\([abdfilorsx])((?:\s{0,9}\\[a-z]{2}(?:\\[^a-z\s])?\s{0,9}\d{0,9}){0,9})\s{0,9}\(", re.I
)
RINGS: Final = "○◯〇"
# Around what stands above the line, until it is known what that is.
ABOVE, BELOW, END = "\ue000", "\ue001", "\ue002"
SHIFTED: Final = re.compile(f"([{ABOVE}{BELOW}])([^{ABOVE}{BELOW}{END}]*){END}")
MOST_CHARS, DEEPEST = 2_000, 20


@dataclass(frozen=True, slots=True)
class FieldResult:
    """What a field shows: its words, a reading over them, and whether it counts a number."""

    text: str = ""
    annotation: str = ""
    counted: bool = False


def read_instruction(instruction: str) -> FieldResult:
    """Return what is seen of a field that holds no result of its own ("EQ \\f(1,2)": "1/2")."""
    instruction = instruction[:MOST_CHARS]
    match = NAME.match(instruction)
    name = match[1].upper() if match else ""
    if name == "EQ" and match:
        return _EquationReader(FORMAT.sub("", instruction[match.end() :])).read()
    if name == "SYMBOL" and (symbol := SYMBOL.match(instruction)):
        code = int(symbol[1], 0) if symbol[1][:2].lower() == "0x" else int(symbol[1])
        return FieldResult(read_symbol((symbol[2] or "").strip() or "Symbol", code) or "\ufffd")
    if name in {"MACROBUTTON", "GOTOBUTTON"} and (button := BUTTON.match(instruction)):
        return FieldResult(button[1].strip())
    return FieldResult(counted=name in COUNTED)


class _EquationReader:
    """Reads the switches of an EQ field, each with its list in brackets."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._annotation = ""

    def read(self) -> FieldResult:
        text = ",".join(self._read_list(0))
        while (shifted := SHIFTED.sub(_write_shifted, text)) != text:
            text = shifted
        return FieldResult(" ".join(text.split()), " ".join(self._annotation.split()))

    def _read_list(self, depth: int) -> list[str]:
        """Return the entries up to the bracket that closes them, parted by commas."""
        entries = [""]
        while self._position < len(self._source):
            switch = SWITCH.match(self._source, self._position)
            if switch and depth < DEEPEST:
                self._position = switch.end()
                inner = [entry.strip() for entry in self._read_list(depth + 1)]
                entries[-1] += self._compose(switch[1].lower(), switch[2].lower(), inner)
                continue
            char = self._source[self._position]
            self._position += 1
            if char == ")" and depth:
                break
            if char == "\\":
                char = self._source[self._position : self._position + 1]
                self._position += 1
            elif char in ",;" and depth:
                entries.append("")
                continue
            entries[-1] += char
        return entries

    def _compose(self, switch: str, options: str, entries: list[str]) -> str:
        if switch == "f" and len(entries) == 2:
            return write_fraction(*entries)
        if switch == "r":
            return write_root(entries[-1], entries[0] if len(entries) > 1 else "")
        if switch == "s":
            return f"{BELOW if 'do' in options else ABOVE}{''.join(entries)}{END}"
        if switch == "o":
            return self._overlay(entries)
        return (" " if switch == "a" else "").join(entries)

    def _overlay(self, entries: list[str]) -> str:
        """Characters printed over one another: a ring around a number, a reading over a word."""
        above = [entry for entry in entries if SHIFTED.fullmatch(entry)]
        words = [entry for entry in entries if entry not in above]
        if above and words:
            self._annotation += " ".join(SHIFTED.sub(r"\2", entry) for entry in above)
            return "".join(words)
        if len(entries) == 2 and entries[0] in RINGS:
            return _enclose(entries[0], entries[1])
        return "".join(entries)


def _enclose(ring: str, inner: str) -> str:
    if inner.isascii() and inner.isdigit() and len(inner) < 3:
        return format_number(int(inner), "decimalEnclosedCircle")
    place = "一二三四五六七八九十".find(inner) if len(inner) == 1 else -1
    return format_number(place + 1, "ideographEnclosedCircle") if place >= 0 else ring + inner


def _write_shifted(match: re.Match[str]) -> str:
    return (write_raised if match[1] == ABOVE else write_lowered)(match[2])
