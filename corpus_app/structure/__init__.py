"""Writing from structure: skeletons side by side, openings and closings, parallel phrases."""
