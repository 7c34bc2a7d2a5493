"""The parts of bench_search.py: corpora, peers, questions, clocks and tables."""
