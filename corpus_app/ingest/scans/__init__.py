"""Scans and pictures: pages drawn, recognised, put in order, and what of them is doubtful."""
