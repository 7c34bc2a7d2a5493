"""Whether what was read looks like what it is said to be: title, head and language of a speech."""
