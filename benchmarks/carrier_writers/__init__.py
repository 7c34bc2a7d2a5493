"""Who writes the same text in every carrier that the product reads."""
