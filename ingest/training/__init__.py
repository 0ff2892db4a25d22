"""How the models that ship were trained: one command each, fixed seeds, its own environment with torch."""
