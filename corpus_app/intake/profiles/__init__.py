"""A correction teaches: how a site's pages look, shown, approved, brought to its files, undone."""
