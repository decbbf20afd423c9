"""The servers that an editor has started."""

from __future__ import annotations

from pathlib import Path


def servers(program: Path, folder: Path) -> list[int]:
    """The processes of `program` that run in the folder."""
    return [int(process.name) for process in Path("/proc").glob("[0-9]*") if _is_server(process, program, folder)]


def _is_server(process: Path, program: Path, folder: Path) -> bool:
    try:
        command = (process / "cmdline").read_bytes()
        return str(program).encode() in command and (process / "cwd").readlink() == folder
    except OSError:
        return False  # It has ended.
