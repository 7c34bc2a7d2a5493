"""Made pages of strangers' sites, and how well they are read (docs/reading-benchmark.md)."""
