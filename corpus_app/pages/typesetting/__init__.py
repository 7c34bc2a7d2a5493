"""A speech's text with its outline, gaps and marks, set as nested blocks and then as HTML."""

from corpus_app.pages.typesetting.layers import LayerSpan
from corpus_app.pages.typesetting.markup import Links, render_blocks
from corpus_app.pages.typesetting.setter import set_text
from corpus_app.pages.typesetting.tree import GapMark

__all__ = ["GapMark", "LayerSpan", "Links", "render_blocks", "set_text"]
