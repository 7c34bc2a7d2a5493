"""PDF files read by geometry: where each character stands says in what order they are read."""
