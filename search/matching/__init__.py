"""What matches: which sections and speeches a query holds for, and where it stands in them."""
