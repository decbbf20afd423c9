"""The characters after which an editor asks for completion by itself."""

from __future__ import annotations

TECHNIQUE_TRIGGER = "/"
NAME_TRIGGERS = ("{", "%", "$", "#", "|", "@", ":", '"')
"""They begin something in templates and in data. In prose they ask for nothing."""
