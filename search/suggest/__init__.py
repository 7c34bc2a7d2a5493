"""What to offer while a reader types, and after a search that found nothing.

entries: what can be offered · readings: how characters are typed · symbols: all entries as one
array · pieces: which symbols a typed piece stands for · lookup: suggestions · spelling: near
wordings · synonyms: other words for the same thing · corpus: entries from the database.
"""
