"""Layer 5: what can be wrong with a prompt file. One file per rule; its docstring is its documentation."""
