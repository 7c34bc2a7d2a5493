"""Signing in, one's own account, and what admins see of accounts and activities."""
