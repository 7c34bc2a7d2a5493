"""A basket as a document: Word after GB/T 9704—2012, Markdown, plain text, print."""
