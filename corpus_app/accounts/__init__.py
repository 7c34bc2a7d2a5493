"""Accounts: signing in and the second factor, one's own page, users and roles, the record.

sessions: where somebody is signed in · signing_in: attempts and known browsers · second_factor ·
roles · users: what admins do · record: the site-wide record of who did what.
"""
