"""What the environment of the process says."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from thoughtsmith.text import paths


def environment_locale() -> str:
    """The locale for messages, such as `ru_RU.UTF-8`; empty if none is set."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return value
    return ""


def ignores_case() -> bool:
    """Whether names of files that differ in case only usually mean the same file on this system."""
    return sys.platform in ("win32", "darwin")


def user_cache() -> str:
    """The folder in which the program keeps what can be made again; empty if it is not known where."""
    if chosen := os.environ.get("THOUGHTSMITH_CACHE_DIR"):
        return paths.normal(str(Path(chosen).absolute()))
    home = os.environ.get("HOME", "")
    if sys.platform == "win32":
        folder = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        folder = f"{home}/Library/Caches" if home else ""
    else:
        folder = os.environ.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else "")
    return paths.normal(f"{folder}/thoughtsmith") if folder else ""


def user_config() -> str:
    """The path of the user's own config file, whether or not there is one; empty if it is not known where."""
    if sys.platform == "win32":
        folder = os.environ.get("APPDATA", "")
    else:
        home = os.environ.get("HOME", "")
        folder = os.environ.get("XDG_CONFIG_HOME") or (f"{home}/.config" if home else "")
    return paths.normal(f"{folder}/thoughtsmith/thoughtsmith.toml") if folder else ""
