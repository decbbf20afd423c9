"""Layer 0: text, places in it and edits to it. Standard library only; knows nothing of prompts or editors."""
