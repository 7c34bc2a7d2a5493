"""Texts as strings, pure: characters, folding, excerpts, alignments, and maps of offsets."""
