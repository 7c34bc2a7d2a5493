"""Pages of 校稿: the check, drafts kept on purpose, findings dismissed for good."""
