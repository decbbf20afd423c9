"""Layer 7: one file per editor feature: a frozen snapshot and a place go in, plain data comes out.

Nothing here knows of the protocol; the command line uses the same functions.
"""
