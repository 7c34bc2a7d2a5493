"""What is answered, by subject; the OpenAPI description is made from these."""
