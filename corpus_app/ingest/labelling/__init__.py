"""What each line above and below a speech is, decided for all of them together."""
