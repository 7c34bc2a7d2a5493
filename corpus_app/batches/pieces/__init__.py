"""Large files on their way in piece by piece, so that a broken connection costs one piece."""
