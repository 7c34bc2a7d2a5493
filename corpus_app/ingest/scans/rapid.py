"""The recogniser RapidOCR, where it is installed: a picture to lines with confidences.

Only its models and its steps are used: what is decoded of the model's answer is decoded here,
for the library keeps neither how sure each character is over all its columns nor its rivals.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from corpus_app.ingest.scans.recognised import RecognisedChar, RecognisedLine, RecognisedPage
from corpus_app.ingest.scans.seals import take_seals
from corpus_app.text.chars import narrow

Pixels = npt.NDArray[np.uint8]
Corners = npt.NDArray[np.float32]
Way = Literal["level", "stacked"]

# Lines are found on a page made smaller: by this much of its longer side, between these pixels.
SHRINK, LEAST, MOST = 0.53, 1280, 1800
# Boxes are cut with so much of their height on either side: a stop at a line's end is faint.
MARGIN: Final = 0.45
TALL: Final = 1.5
# So many of the longest lines show which way up the page lies.
TRIED: Final = 5
SURE: Final = 0.9
# A rival less likely than this is none.
RIVAL: Final = 0.001
SETTINGS: Final[dict[str, Any]] = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Det.limit_side_len": 32,
}


@dataclass(frozen=True, slots=True)
class _Reading:
    """A turn of the page (quarters, counter-clockwise), the way of its lines, how well it reads."""

    turn: int
    way: Way
    confidence: float


class Engine:
    """The loaded models; one page at a time on one core."""

    def __init__(self) -> None:
        self._cv2: Any = import_module("cv2")
        self._cv2.setNumThreads(1)
        engine = import_module("rapidocr").RapidOCR(params=SETTINGS)
        self._detect = engine._load_det_model()
        self._recognise = engine._load_rec_model()
        self._chars: list[str] = self._recognise.postprocess_op.character
        self._same = _list_same(self._chars)

    def read(self, number: int, pixels: Pixels) -> RecognisedPage:
        """Return the lines of a page (rows, columns, RGB), turned upright where it is not."""
        pixels, seals = take_seals(self._cv2, pixels)
        boxes = self._find_boxes(pixels)
        reading = self._choose_reading(pixels, boxes)
        if reading.turn:
            pixels = np.ascontiguousarray(np.rot90(pixels, reading.turn))
            boxes = self._find_boxes(pixels)
        height, width = pixels.shape[:2]
        if reading.way == "stacked":
            lines = [self._read_line(self._stack(pixels, box), _lay(box, width)) for box in boxes]
            width, height = height, width
        else:
            lines = [self._read_line(*self._cut_out(pixels, box)) for box in boxes]
        kept = [line for line in lines if line.chars]
        return RecognisedPage(number, float(width), float(height), kept, seals)

    def _find_boxes(self, pixels: Pixels) -> list[Corners]:
        longer = max(pixels.shape[:2])
        scale = min(1.0, min(MOST, max(LEAST, SHRINK * longer)) / longer)
        small = self._cv2.resize(
            pixels, None, fx=scale, fy=scale, interpolation=self._cv2.INTER_AREA
        )
        found = self._detect(small[:, :, ::-1]).boxes
        return [] if found is None else [(box / scale).astype(np.float32) for box in found]

    def _choose_reading(self, pixels: Pixels, boxes: list[Corners]) -> _Reading:
        """Return how the page is to be read: by how sure a few of its longest lines are."""
        longest = sorted(boxes, key=lambda box: -max(_measure(box)))[:TRIED]
        tall = sum(_measure(box)[1] > TALL * _measure(box)[0] for box in boxes)
        if not longest or tall * 2 <= len(boxes):
            longest = [box for box in longest if _measure(box)[1] <= TALL * _measure(box)[0]]
            upright = self._weigh([self._cut_out(pixels, box)[0] for box in longest])
            if upright >= SURE or not longest:
                return _Reading(0, "level", upright)
            over = self._weigh([np.rot90(self._cut_out(pixels, b)[0], 2) for b in longest])
            return _Reading(2 if over > upright else 0, "level", over)
        sides = [self._cut_out(pixels, box)[0] for box in longest]
        tried = [
            _Reading(1, "level", self._weigh([np.rot90(side, 1) for side in sides])),
            _Reading(3, "level", self._weigh([np.rot90(side, 3) for side in sides])),
            _Reading(0, "stacked", self._weigh([self._stack(pixels, box) for box in longest])),
        ]
        return max(tried, key=lambda reading: reading.confidence)

    def _weigh(self, crops: list[Pixels]) -> float:
        chars = [char for crop in crops for char in self._decode(crop, 1.0)]
        return float(np.mean([char.confidence for char in chars])) if chars else 0.0

    def _read_line(self, crop: Pixels, corners: Corners) -> RecognisedLine:
        chars = self._decode(crop, max(_measure(corners)[0], 1.0) / max(crop.shape[1], 1))
        return RecognisedLine([(float(x), float(y)) for x, y in corners], chars)

    def _cut_out(self, pixels: Pixels, box: Corners) -> tuple[Pixels, Corners]:
        """Return the words in a box made level, with a margin at both ends, and its corners."""
        width, height = _measure(box)
        along = (box[1] - box[0]) / max(width, 1.0) * MARGIN * min(width, height)
        if height > width:
            along = along * 0
        wider = box + np.array([-along, along, along, -along], dtype=np.float32)
        width, height = (max(1, round(side)) for side in _measure(wider))
        flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
        turn = self._cv2.getPerspectiveTransform(wider, flat)
        return self._cv2.warpPerspective(
            pixels,
            turn,
            (width, height),
            borderMode=self._cv2.BORDER_REPLICATE,
            flags=self._cv2.INTER_CUBIC,
        ), wider

    def _stack(self, pixels: Pixels, box: Corners) -> Pixels:
        """Return a column that is written downwards as a line: its characters side by side."""
        column = self._cut_out(pixels, box)[0]
        side = column.shape[1]
        ink = column.min(axis=2).min(axis=1) < (int(column.min()) + int(column.max())) // 2
        cells = [column[top:bottom] for top, bottom in _part_cells(ink, side)]
        line = np.full((side, max(1, len(cells)) * side, 3), 255, dtype=np.uint8)
        for number, cell in enumerate(cells):
            down = (side - cell.shape[0]) // 2
            line[down : down + cell.shape[0], number * side : (number + 1) * side] = cell
        return line

    def _decode(self, crop: Pixels, scale: float) -> list[RecognisedChar]:
        """Return the characters of a level line; their places in pixels of the crop times scale."""
        recognise = self._recognise
        ratio = max(320 / 48, crop.shape[1] / max(crop.shape[0], 1))
        answer = recognise.session(recognise.resize_norm_img(crop[:, :, ::-1], ratio)[None])[0]
        best = answer.argmax(axis=1)
        column = ratio * crop.shape[0] / len(best) * scale
        found: list[RecognisedChar] = []
        starts = np.flatnonzero(np.diff(best, prepend=-1))
        for start, end in zip(starts, [*starts[1:], len(best)], strict=True):
            if best[start] == 0:
                continue
            row = answer[start + int(answer[start:end, best[start]].argmax())]
            same = self._same.get(int(best[start]), [int(best[start])])
            sure = float(row[same].sum())
            row = row.copy()
            row[[0, *same]] = 0
            other = int(row.argmax())
            rival = self._chars[other] if row[other] >= RIVAL else ""
            text = self._chars[best[start]]
            place = ((start + end) / 2) * column
            found.append(RecognisedChar(text, round(sure, 4), round(float(place), 1), rival))
        return found


def _list_same(chars: list[str]) -> dict[int, list[int]]:
    """Return by the number of a character those of its forms of other width, itself among them."""
    forms: defaultdict[str, list[int]] = defaultdict(list)
    for number, char in enumerate(chars):
        forms[narrow(char)].append(number)
    return {number: same for same in forms.values() if len(same) > 1 for number in same}


def _measure(box: Corners) -> tuple[float, float]:
    """Return the width and height of a box."""
    width = max(np.linalg.norm(box[0] - box[1]), np.linalg.norm(box[2] - box[3]))
    height = max(np.linalg.norm(box[0] - box[3]), np.linalg.norm(box[1] - box[2]))
    return float(width), float(height)


def _lay(box: Corners, width: int) -> Corners:
    """Return the corners of a column on the page turned so that its columns are lines."""
    top_left, top_right, bottom_right, bottom_left = box
    turned = [top_right, bottom_right, bottom_left, top_left]
    return np.array([[y, width - x] for x, y in turned], dtype=np.float32)


def _part_cells(ink: npt.NDArray[np.bool_], side: int) -> list[tuple[int, int]]:
    """Return top and bottom of each character of a column: runs of ink, parts of one together."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], ink, [False]]).astype(np.int8)))
    cells: list[tuple[int, int]] = []
    for top, bottom in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if cells and bottom - cells[-1][0] <= 0.95 * side:
            cells[-1] = (cells[-1][0], bottom)
        else:
            cells.append((top, bottom))
    return [(top, min(bottom, top + side)) for top, bottom in cells]
