"""Themes and slogans as editors change them: asked, previewed, saved, undone."""
