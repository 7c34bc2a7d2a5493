"""What other programs find the corpus by and use it with, beside the API."""
