"""Named subcorpora: parts of the corpus by a search or picked by hand, asked for in any query."""
