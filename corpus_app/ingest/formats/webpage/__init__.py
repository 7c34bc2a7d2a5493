"""Web pages as a browser draws them: what is seen, what is not, the numbers that it makes."""
