"""One change of many speeches: asked for, shown beforehand, applied, and undone once."""
