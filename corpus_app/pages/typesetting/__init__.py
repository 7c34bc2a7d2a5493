"""A speech's text with its outline, gaps and marks, set as nested blocks and then as HTML."""

from corpus_app.pages.typesetting.layers import Span
from corpus_app.pages.typesetting.markup import Links, render_blocks
from corpus_app.pages.typesetting.setter import set_text
from corpus_app.pages.typesetting.tree import GapSpot, OutlineNode

__all__ = ["GapSpot", "Links", "OutlineNode", "Span", "render_blocks", "set_text"]
