"""Learns and measures what finds slips of the pen (corpus_app/proofreading/slips)."""
