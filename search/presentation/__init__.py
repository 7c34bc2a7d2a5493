"""What is shown of a result: passages, marks, facets, advice, partial matches, the statement."""
