"""From a file to a speech: what it is, what is known already, what is stored of it."""
