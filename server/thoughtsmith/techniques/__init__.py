"""Layer 4: the engine over the content in `snippets/`: load it, name it, render it, explain it, compose it."""
