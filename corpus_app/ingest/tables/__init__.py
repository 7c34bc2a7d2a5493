"""Tables as files: CSV, XLSX and JSON to rows of words."""
