"""The finder over a SolrCloud: Solr matches, counts and orders, the database tells the wording."""
