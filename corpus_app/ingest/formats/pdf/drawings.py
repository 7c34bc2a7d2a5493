"""What a PDF page has besides characters: pictures, grounds, ruled lines; and how it marks them."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import addressof, byref, c_float, c_int, c_uint, c_ulong, c_ushort
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import pypdfium2
from pypdfium2 import raw as pdfium

Box = tuple[float, float, float, float]
Kind = Literal["picture", "fill"]
DEEPEST: Final = 8
# A page of more objects is a map or a drawing: its lines rule no table.
MOST_OBJECTS: Final = 20_000
MOST_SEGMENTS, MOST_GROUNDS, MOST_CLIPS = 400, 200, 20
THIN: Final = 2.5
SHORTEST_RULE: Final = 8.0


@dataclass(frozen=True, slots=True)
class Ground:
    """A picture or a filled shape: edges as shown, fill, rank in the order of drawing."""

    kind: Kind
    box: Box
    fill: tuple[int, int, int, int]
    rank: int


@dataclass(slots=True)
class Drawings:
    """The page's pictures and grounds, its rules (boxes of no width or height), texts' ranks."""

    grounds: list[Ground] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    ranks: dict[int, int] = field(default_factory=dict)
    shapes: int = 0


def find_address(handle: Any) -> int:
    """Return what tells one object of pdfium's from another while its page is open."""
    return addressof(handle.contents)


def read_drawings(page: pypdfium2.PdfPage, place: Any) -> Drawings:
    """Return what is drawn on the page; place leads from its coordinates to the page as shown."""
    found = Drawings()
    count = min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)
    handles = (pdfium.FPDFPage_GetObject(page, index) for index in range(count))
    _walk(handles, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), place, found, DEEPEST)
    # The largest first: what is smaller than a letter hides none.
    found.grounds.sort(key=lambda ground: -_measure(ground.box))
    del found.grounds[MOST_GROUNDS:]
    found.grounds.sort(key=lambda ground: ground.rank)
    return found


def _measure(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _walk(
    handles: Iterator[Any], matrix: tuple[float, ...], place: Any, found: Drawings, depth: int
) -> None:
    for handle in handles:
        if len(found.ranks) + found.shapes > MOST_OBJECTS:
            return
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            found.ranks[find_address(handle)] = len(found.ranks) + found.shapes
            continue
        found.shapes += 1
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            own = _multiply(_read_matrix(handle), matrix)
            inner = range(pdfium.FPDFFormObj_CountObjects(handle))
            parts = (pdfium.FPDFFormObj_GetObject(handle, index) for index in inner)
            _walk(parts, own, place, found, depth - 1)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            _add_ground("picture", handle, matrix, place, found)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(handle, matrix, place, found)


def _add_ground(
    kind: Kind, handle: Any, matrix: tuple[float, ...], place: Any, found: Drawings
) -> None:
    fill = _read_fill(handle) if kind == "fill" else (0, 0, 0, 255)
    rank = len(found.ranks) + found.shapes - 1
    found.grounds.append(Ground(kind, _find_box(handle, matrix, place), fill, rank))


def _add_path(handle: Any, matrix: tuple[float, ...], place: Any, found: Drawings) -> None:
    filled, stroked = _read_draw_mode(handle)
    if not (filled or stroked):
        return
    box = _find_box(handle, matrix, place)
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) <= THIN:
        if max(width, height) >= SHORTEST_RULE:
            found.rules.append(_flatten(box))
        return
    if filled:
        _add_ground("fill", handle, matrix, place, found)
    if stroked:
        whole = _multiply(_read_matrix(handle), matrix)
        found.rules.extend(_iter_segments(handle, whole, place))


def _iter_segments(handle: Any, matrix: tuple[float, ...], place: Any) -> Iterator[Box]:
    """Yield a path's upright and level lines, of at most so many segments."""
    count = pdfium.FPDFPath_CountSegments(handle)
    if count > MOST_SEGMENTS:
        return
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        x, y = c_float(), c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = place(*_apply(matrix, x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _level(last, point)
        elif kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _level(point, start)


def _level(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Box]:
    xs, ys = sorted((one[0], other[0])), sorted((one[1], other[1]))
    width, height = xs[1] - xs[0], ys[1] - ys[0]
    if min(width, height) <= 1 and max(width, height) >= SHORTEST_RULE:
        yield _flatten((xs[0], ys[0], xs[1], ys[1]))


def _flatten(box: Box) -> Box:
    left, top, right, bottom = box
    if right - left > bottom - top:
        middle = (top + bottom) / 2
        return left, middle, right, middle
    middle = (left + right) / 2
    return middle, top, middle, bottom


def _read_draw_mode(handle: Any) -> tuple[bool, bool]:
    mode, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(handle, byref(mode), byref(stroke))
    return mode.value != pdfium.FPDF_FILLMODE_NONE, bool(stroke.value)


def _read_fill(handle: Any) -> tuple[int, int, int, int]:
    parts = [c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(handle, *map(byref, parts))
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _find_box(handle: Any, matrix: tuple[float, ...], place: Any) -> Box:
    edges = [c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(handle, *map(byref, edges))
    left, bottom, right, top = (edge.value for edge in edges)
    corners = [place(*_apply(matrix, x, y)) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _read_matrix(handle: Any) -> tuple[float, ...]:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, byref(matrix))
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _multiply(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        *(a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j),
        *(e * g + f * i + k, e * h + f * j + m),
    )


def _apply(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def find_clip(handle: Any, place: Any) -> Box | None:
    """Return the box outside of which nothing of an object shows, None where it is not cut."""
    clip = pdfium.FPDFPageObj_GetClipPath(handle)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    if not 0 < count <= MOST_CLIPS:
        return None
    boxes = [box for index in range(count) if (box := _find_clip_box(clip, index, place))]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return max(lefts), max(tops), min(rights), min(bottoms)


def _find_clip_box(clip: Any, index: int, place: Any) -> Box | None:
    count = pdfium.FPDFClipPath_CountPathSegments(clip, index)
    if not 0 < count <= MOST_SEGMENTS:
        return None
    points = []
    for number in range(count):
        x, y = c_float(), c_float()
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, index, number)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        points.append(place(x.value, y.value))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def read_marks(handle: Any) -> tuple[bool, bool]:
    """Say whether a tagged file calls an object no content, and whether a layer may hide it."""
    names = {
        _read_name(pdfium.FPDFPageObj_GetMark(handle, index))
        for index in range(max(0, pdfium.FPDFPageObj_CountMarks(handle)))
    }
    return "Artifact" in names, "OC" in names


def _read_name(mark: Any) -> str:
    buffer = (c_ushort * 32)()
    length = c_ulong()
    if not pdfium.FPDFPageObjMark_GetName(mark, buffer, 64, byref(length)):
        return ""
    return bytes(buffer)[: min(length.value, 64)].decode("utf-16-le", "replace").rstrip("\0")
