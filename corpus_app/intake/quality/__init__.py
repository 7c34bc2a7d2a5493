"""Why a speech needs an editor's eye, and how much."""
