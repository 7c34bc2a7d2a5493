"""The corpus as it is counted: over this host's arrays, or where it keeps none, over Solr."""
