"""Layer 2: one file per format of prompt file. Formats know nothing of techniques."""
