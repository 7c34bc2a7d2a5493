"""Pages laid out in many ways, to measure what of a PDF's text is read, and in what order."""
