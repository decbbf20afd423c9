"""The README says what is true: its tables and its transcript are made from the code.

`THOUGHTSMITH_UPDATE=1 pytest tests/test_readme.py` writes them anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click import Context

from thoughtsmith.cli import main
from thoughtsmith.config.options import OPTIONS
from thoughtsmith.formats.registry import FORMATS
from thoughtsmith.host.editors import editor_ids, load_editor
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.rules.documentation import summary_of
from thoughtsmith.rules.registry import RULES
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from thoughtsmith.formats.format import Format
    from thoughtsmith.syntax.template import Template

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def settings() -> str:
    rows = ["| setting | values | default | what it does |", "|---|---|---|---|"]
    for option in OPTIONS:
        values = " ".join(f"`{choice}`" for choice in option.choices)
        if option.table:
            values = "table"
        elif not values:
            values = f"{option.minimum}–{option.maximum}" if option.maximum else "list" if option.many else "text"
        default = "" if option.default in (None, "", ()) else f"`{option.default}`"
        name = f"`{option.name}`" + (" ¹" if option.file_only else "")
        rows.append(f"| {name} | {values} | {default} | {option.en} |")
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


def editors() -> str:
    rows = ["| editor | one step | without a server |", "|---|---|---|"]
    for editor in map(load_editor, editor_ids()):
        command = f"thoughtsmith setup {editor.id} --write"
        snippets = any(install.snippets for install in editor.installs)
        rows.append(f"| {editor.title} | `{command}` | {'`--snippets`' if snippets else ''} |")
    return "\n".join(rows)


def techniques() -> str:
    rows = ["| id | English | Russian | what it does |", "|---|---|---|---|"]
    rows += [
        f"| `{technique.id}` | {technique.name.en} | {technique.name.ru} | {technique.summary.en} |"
        for technique in load_catalogue().techniques.values()
    ]
    return "\n".join(rows)


VARIABLES = ("{{x}}", "{% if x %}{% endif %}", "${input:x}", "$ARGUMENTS", "{x}")
REFERENCES = (
    "[x](x.md)",
    "@x.md",
    "#file:x.md",
    "{{>x}}",
    '{% include "x" %}',
    "file://x.txt",
    '<document src="x.md" />',
)
AROUND = {
    "promptfoo": "prompts:\n  - |\n    HERE\n",
    "prompt-yaml": "messages:\n  - role: user\n    content: |\n      HERE\n",
    "prompt-data": "prompt: |\n  HERE\n",
    "poml": "<poml>\n<task>HERE</task>\n</poml>\n",
}
"""Where in a file of the format a prompt stands; elsewhere it is the whole file."""


def formats() -> str:
    rows = ["| files | keys known | variables | references |", "|---|---|---|---|"]
    for format in FORMATS:
        keys = len(format.schema["properties"]) if format.schema is not None else ""
        around = AROUND.get(format.id, "HERE\n")

        def found(probe: str, format: Format = format, around: str = around) -> Template:
            if probe.startswith("file://"):
                return format.template(format.parse(Lines.of(f"prompts:\n  - {probe}\n")))
            return format.template(format.parse(Lines.of(around.replace("HERE", probe))))

        variables = [f"`{probe}`" for probe in VARIABLES if found(probe).names]
        references = [f"`{probe}`" for probe in REFERENCES if found(probe).includes]
        files = ", ".join(f"`{pattern}`" for pattern in format.patterns[:3])
        rows.append(f"| {format.title}: {files} | {keys} | {' '.join(variables)} | {' '.join(references)} |")
    return "\n".join(rows)


def rules() -> str:
    rows = ["| id | name | severity | on | what it reports |", "|---|---|---|---|---|"]
    rows += [
        f"| {rule.id} | `{rule.name}` | {rule.severity.value} | {'✓' if rule.default else ''} | {summary_of(rule)} |"
        for rule in RULES
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


PARTS = {
    "formats": formats,
    "settings": settings,
    "commands": commands,
    "editors": editors,
    "rules": rules,
    "techniques": techniques,
    "demo transcript": transcript,
}


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
    text = re.sub(r"`[^`\n]+`", "", README.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (ROOT / target).exists(), target
