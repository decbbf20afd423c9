"""Ends the server when the editor that started it is gone: its end of the pipe may be held open by someone else."""

from __future__ import annotations

import os
import sys
import threading
import time

INTERVAL = 5.0
"""Seconds between two looks."""


def watch_parent(pid: int) -> None:
    """Look after process `pid` from a thread of our own, and end this process when it has died.

    Does nothing if there is no such process to begin with: the editor may run in another container or on another host.
    """
    if not is_alive(pid):
        return
    threading.Thread(target=_watch, args=(pid,), name="parent watcher", daemon=True).start()


def _watch(pid: int) -> None:
    while is_alive(pid):
        time.sleep(INTERVAL)
    # The thread that reads standard input cannot be interrupted; there is nobody left to say goodbye to.
    os._exit(1)


def is_alive(pid: int) -> bool:
    """Whether there is a process with that id."""
    if sys.platform == "win32":
        import ctypes

        synchronize, timeout, access_denied = 0x0010_0000, 0x102, 5
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(synchronize, False, pid)
        if not handle:
            return bool(kernel.GetLastError() == access_denied)
        state = kernel.WaitForSingleObject(handle, 0)
        kernel.CloseHandle(handle)
        return bool(state == timeout)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
