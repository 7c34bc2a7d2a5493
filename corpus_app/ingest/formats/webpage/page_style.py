"""The style of an element as far as it decides which of its words are seen, and how."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus_app.ingest.formats.visibility import BLACK, WHITE, Rgb
from corpus_app.ingest.formats.webpage.hiding import Hiding
from corpus_app.ingest.formats.webpage.variables import NO_VARIABLES, PageVariables

# A box that rules may ask for its width: its names, its width in pixels where that is known.
StyleContainer = tuple[frozenset[str], float | None]


@dataclass(frozen=True, slots=True, eq=False)
class PageStyle:
    """What an element's words are drawn by; boxes are what hides all that is inside.

    Told by identity: elements of one style inside one of one style share theirs.
    """

    boxes: tuple[Hiding, ...] = ()
    # So many of the boxes hide what is placed by a box inside them too.
    held: int = 0
    invisible: Hiding | None = None
    small: Hiding | None = None
    blended: Hiding | None = None
    shifted: Hiding | None = None
    # By how many pixels the first line of a block is moved.
    indent: float = 0.0
    size: float = 16.0
    color: Rgb = BLACK
    # None where it is not known: a picture, or a style sheet that the file does not hold.
    ground: Rgb | None = WHITE
    stated_ground: bool = False
    # What letters in a drawing are filled with.
    drawn: bool = False
    white_space: str = "normal"
    transform: str = "none"
    quotes: str = "auto"
    list_type: str = ""
    direction: str = "ltr"
    display: str = "block"
    reversed: bool = False
    # How boxes inside are laid out, and of a grid which rows and columns have no room.
    layout: str = ""
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    width: float | None = 1264.0
    containers: tuple[StyleContainer, ...] = ()
    variables: PageVariables = NO_VARIABLES
    # All that hides the element's own words, () where they are seen.
    hidings: tuple[Hiding, ...] = field(init=False, default=())
    # The styles of elements in it that say nothing of their own, by their display.
    kin: dict[str, PageStyle] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        more = (self.invisible, self.small, self.blended, self.shifted)
        found = (*self.boxes, *(hiding for hiding in more if hiding is not None))
        object.__setattr__(self, "hidings", found)

    @property
    def block(self) -> bool:
        """Whether the element begins and ends a line."""
        outer = self.display.split(" ")[0]
        return outer in ("block", "list-item", "flex", "grid", "table", "flow-root")

    @property
    def list_item(self) -> bool:
        """Whether the element bears the number of a list."""
        return "list-item" in self.display


@dataclass(frozen=True, slots=True)
class MadeContent:
    """What stands before or behind an element's words, or for its number; how it counts."""

    content: str
    style: PageStyle
    reset: str = ""
    step: str = ""
    set: str = ""


@dataclass(frozen=True, slots=True)
class GeneratedStyle:
    """What an element's style makes before and behind it, and how it counts.

    before and after are None where nothing is said of them; marker is "" then.
    """

    before: MadeContent | None = None
    after: MadeContent | None = None
    marker: str = ""
    reset: str = ""
    step: str = ""
    set: str = ""
    # Whether what <details> has shut is shown all the same.
    opened: bool = False


NOTHING = GeneratedStyle()
