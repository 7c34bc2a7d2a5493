"""How well the check of drafts finds what was planted, and how often it tells of nothing."""
