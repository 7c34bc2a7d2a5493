"""How likely what is stated of a file is right: each value of its head, and its text."""
