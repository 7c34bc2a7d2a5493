"""Pages of what comes in: the desk's front, batches, and the addresses scripts send files to."""
