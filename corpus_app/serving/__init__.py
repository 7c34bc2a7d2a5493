"""How a request gets in and an answer out: gunicorn's worker with deadlines for both."""
