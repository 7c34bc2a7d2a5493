"""The corpus for language models' clients, by the Model Context Protocol: tools that only read."""
