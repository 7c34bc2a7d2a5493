"""The corpus in plain folders that anybody can read, and back from there."""
