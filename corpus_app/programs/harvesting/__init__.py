"""OAI-PMH 2.0: the speeches' metadata and texts for harvesters."""
