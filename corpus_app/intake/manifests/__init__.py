"""Tables of metadata beside files: read, matched with files or speeches, their values set."""
