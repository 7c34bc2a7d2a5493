"""Words used alike: a thesaurus learnt from the corpus itself.

units: words with neighbours that belong together · vectors: how each is used, as numbers ·
store: the arrays in the data folder · learning: made from what is published · lookup: asked.
"""
