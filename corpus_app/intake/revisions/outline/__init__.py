"""An outline as an editor works on it: read, changed, moved to another text."""
