"""Slips of the pen: characters wrongly chosen, doubled, swapped, dropped or left over."""
