"""What the environment of the process says."""

from __future__ import annotations

import os


def environment_locale() -> str:
    """The locale for messages, such as `ru_RU.UTF-8`; empty if none is set."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return value
    return ""
