"""Installs real editors for the tests, into `.cache/editors/` of the repository: nothing else on the machine changes.

    python -m tests.editors.installers neovim helix

prints their names and paths; without names, installs all. An editor that is there already is used as it is.
"""
