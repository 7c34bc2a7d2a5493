"""How texts become what is searched: folded characters, and words cut by one segmenter."""
