"""Pages for writers: outlines side by side, openings and closings, parallel phrases."""
