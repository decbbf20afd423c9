"""Layer 8: the outside world. Only this package, `cli` and `lsp` touch disk, clock and environment."""
