"""Two speeches, sentence by sentence: what stayed, changed, moved, went and came.

rows: the sentences · quantities: numbers side by side · tasks: what was to be done, and what was
done · sections: which part became which · speeches: two stored speeches compared · neighbours: a
body's reports of other years · page, exports: what is shown and sent.
"""
