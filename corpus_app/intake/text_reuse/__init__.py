"""Which speeches share text, how much, and bringing two of them into one."""
