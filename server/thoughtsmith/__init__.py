"""Thoughtsmith, a language server for prompt files. `server/ARCHITECTURE.md` is the map."""

__version__ = "0.1.0"
