"""What views that study one query over a selection have in common: its occurrences, its grounds."""
