"""How long `check` takes beside other linters of Markdown and agent files, on the same folder and in the same run.

    python tests/bench/linters.py FOLDER [--rounds 3] [--json FILE]

Every linter that is on the PATH runs in every round: over one file, which is mostly its start, and over all of them.
The figures are medians of processor time, which other work on the machine does not change, and their ratio to ours.
The linters look for different things, so what they find cannot be compared. Quote the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

OURS = "thoughtsmith"
SUFFIXES = (".md", ".mdc", ".txt", ".prompt", ".prompty", ".yaml", ".yml", ".j2")


class Linter(NamedTuple):
    name: str
    command: tuple[str, ...]
    files: str = "*"
    """What it takes the files of a folder from: all of them, or a pattern behind the folder."""


class Times(NamedTuple):
    one: list[float]
    """Seconds of processor time for one file, by round."""
    all: list[float]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        found = [linter for linter in linters(cache) if shutil.which(linter.command[0])]
        times = {linter.name: Times([], []) for linter in found}
        files = sorted(path for path in arguments.folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())
        one = next(path for path in files if path.suffix == ".md" and path.stat().st_size > 1_000)
        # The first round fills caches, that of the disk as well, and is not counted.
        for number in range(arguments.rounds + 1):
            for linter in found:
                target = str(arguments.folder) if linter.files == "*" else f"{arguments.folder}/{linter.files}"
                first, every = seconds((*linter.command, str(one))), seconds((*linter.command, target))
                if number:
                    times[linter.name].one.append(first)
                    times[linter.name].all.append(every)
    report(times, len(files))
    if arguments.json:
        arguments.json.write_text(json.dumps({name: each._asdict() for name, each in times.items()}, indent=2) + "\n")


def linters(cache: str) -> tuple[Linter, ...]:
    check = (sys.executable, "-m", "thoughtsmith", "check", "--exit-zero", "--output-format", "concise")
    return (
        Linter(OURS, (*check, "--no-cache")),
        Linter(f"{OURS}, 2 jobs", (*check, "--no-cache", "--jobs", "2")),
        Linter(f"{OURS}, known", (*check, "--cache-dir", cache)),
        Linter("rumdl", ("rumdl", "check", "--no-cache")),
        Linter("agnix", ("agnix",)),
        Linter("markdownlint-cli2", ("markdownlint-cli2",), "**/*.md"),
    )


def seconds(command: tuple[str, ...]) -> float:
    """The processor time of a command with all that it starts."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0  # It has been waited for.
    return used.ru_utime + used.ru_stime


def report(times: dict[str, Times], files: int) -> None:
    ours = times[OURS]
    print(f"{files} files\n{'':24}{'one file':>12}{'ratio':>8}{'all files':>12}{'ratio':>8}{'a file':>12}")
    for name, each in times.items():
        one, every = statistics.median(each.one), statistics.median(each.all)
        row = f"{name:24}{one * 1000:9.0f} ms{one / statistics.median(ours.one):8.2f}{every:10.2f} s"
        print(f"{row}{every / statistics.median(ours.all):8.2f}{(every - one) / files * 1000:9.2f} ms")


if __name__ == "__main__":
    main()
