"""Texts as strings, pure: characters without white space, alignments, and maps of offsets."""
