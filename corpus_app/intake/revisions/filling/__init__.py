"""Filling the gaps of one text from another of the same speech, each stretch with its origin."""
