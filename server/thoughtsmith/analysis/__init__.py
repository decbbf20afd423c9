"""Layer 3: facts about one tree."""
