"""What stands how often: words beside words, words of two subcorpora, strings, forms of a query."""
