"""OFD files (GB/T 33190): text objects with their places, laid out as the pages of a PDF are."""
