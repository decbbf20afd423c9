"""The README says what is true: its tables and its transcript are made from the code.

`THOUGHTSMITH_UPDATE=1 pytest tests/test_readme.py` writes them anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click import Context

from thoughtsmith.cli import main
from thoughtsmith.config.options import OPTIONS
from thoughtsmith.host.installation import load_catalogue

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def settings() -> str:
    rows = ["| setting | values | default | what it does |", "|---|---|---|---|"]
    for option in OPTIONS:
        values = " ".join(f"`{choice}`" for choice in option.choices)
        if not values:
            values = f"{option.minimum}–{option.maximum}" if option.maximum else "text"
        default = "" if option.default in (None, "") else f"`{option.default}`"
        rows.append(f"| `{option.name}` | {values} | {default} | {option.en} |")
    return "\n".join(rows)


def commands() -> str:
    rows = ["| command | does |", "|---|---|"]
    for name in main.list_commands(Context(main)):
        command = main.get_command(Context(main), name)
        assert command is not None
        arguments = " ".join(command.collect_usage_pieces(Context(command))[1:])
        usage = f"thoughtsmith {name} {arguments}".strip().replace("|", "\\|")
        rows.append(f"| `{usage}` | {command.short_help} |")
    return "\n".join(rows)


def techniques() -> str:
    rows = ["| id | English | Russian | what it does |", "|---|---|---|---|"]
    rows += [
        f"| `{technique.id}` | {technique.name.en} | {technique.name.ru} | {technique.summary.en} |"
        for technique in load_catalogue().techniques.values()
    ]
    return "\n".join(rows)


def transcript() -> str:
    environment = {**os.environ, "COLUMNS": "100", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "thoughtsmith", "demo", "--lang", "en"],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=60,
        check=True,
    )
    lines = [line.rstrip() for line in done.stdout.strip().splitlines()]
    return "````text\n" + "\n".join(lines) + "\n````"


PARTS = {"settings": settings, "commands": commands, "techniques": techniques, "demo transcript": transcript}


@pytest.mark.parametrize("name", PARTS)
def test_a_generated_part_is_up_to_date(name: str) -> None:
    expected = f"<!-- {name} -->\n{PARTS[name]()}\n"
    text = README.read_text(encoding="utf-8")
    # Up to the next blank line outside a fence, or the end of the fence.
    pattern = re.compile(
        rf"<!-- {name} -->\n(?:(````?)text\n.*?\n?\1\n|(?:\|.*\n)*)", re.DOTALL if "demo" in name else 0
    )
    match = pattern.search(text)
    assert match is not None
    if os.environ.get("THOUGHTSMITH_UPDATE"):
        README.write_text(text[: match.start()] + expected + text[match.end() :], encoding="utf-8")
    else:
        assert match[0] == expected


def test_every_image_and_link_of_the_readme_leads_somewhere() -> None:
    text = README.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (ROOT / target).exists(), target
