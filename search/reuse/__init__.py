"""Text reuse: passages that stand in several texts, told apart into borrowing and formula."""
