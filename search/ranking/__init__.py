"""In what order: scores of words and of pairs of characters, dates, and the sort a reader chose."""
