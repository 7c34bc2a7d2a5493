"""The corpus as arrays: one array of folded characters, and the places of each pair of them.

They answer which units match, how many there are and where; ranking by words is the engine's.
Nothing here knows Django or the engine.
"""
