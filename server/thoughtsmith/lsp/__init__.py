"""Layer 9: the language server. The only package that imports pygls, lsprotocol and cattrs."""
