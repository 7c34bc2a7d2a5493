"""What decoding stands on: stated names, readings of bytes, what Chinese looks like, repair."""
