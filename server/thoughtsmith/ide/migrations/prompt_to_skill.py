"""`.prompt.md` → `SKILL.md`: agents load skills, and newer ones no longer load prompt files.

The skill is a new file; the prompt file stays, since its callers may still need it. Name and description are taken
over. What only prompt files have, such as `agent` or `tools`, is left out.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from thoughtsmith.formats.yaml_scalar import core_value
from thoughtsmith.ide.action import NewFile
from thoughtsmith.ide.migrations.migration import Migration
from thoughtsmith.messages import messages
from thoughtsmith.syntax.data import Scalar

if TYPE_CHECKING:
    from thoughtsmith.ide.action import Change
    from thoughtsmith.project.document import Snapshot

OLD = ".prompt.md"
KEPT = ("argument-hint", "disable-model-invocation")
"""Keys with the same meaning in both."""
MAX_NAME = 64


def _applies(snapshot: Snapshot) -> bool:
    return snapshot.path.lower().endswith(OLD)


def _changes(snapshot: Snapshot) -> list[Change]:
    folder, _, file = snapshot.path.rpartition("/")
    data = snapshot.data
    entries = () if data is None else data.root.entries
    # What an alias stands for is not looked up.
    values = {e.key: e.value for e in entries if isinstance(e.value, Scalar) and e.value.style != "*"}
    title = values.get("name")
    name = _skill_name(str(title.value) if title is not None and title.value else file[: -len(OLD)])
    newline = snapshot.lines.newline
    description = values.get("description")
    if description is None or description.value is None or description.value == "":
        described = _quoted(messages(snapshot.locale).describe_skill)
    elif isinstance(description.value, str):
        described = _taken_over(snapshot, description)
    else:
        described = _quoted(snapshot.lines.at(description.span))
    head = ["---", f"name: {_plain_if_text(name)}", f"description: {described}"]
    head += [f"{key}: {_taken_over(snapshot, values[key])}" for key in KEPT if key in values]
    front_matter = snapshot.tree.front_matter
    body = snapshot.lines.text[front_matter.end if front_matter is not None else 0 :].lstrip("\ufeff\r\n")
    up = "../skills" if folder.endswith("/prompts") else "skills"
    return [NewFile(f"{up}/{name}/SKILL.md", newline.join([*head, "---", "", body]))]


def _taken_over(snapshot: Snapshot, value: Scalar) -> str:
    """A value as it stands, if it is right there and on one line; else what it means, in quotation marks."""
    written = snapshot.lines.at(value.span)
    problems = () if snapshot.data is None else snapshot.data.problems
    for problem in problems:
        if problem.span.start < value.span.end and value.span.start < problem.span.end:
            return problem.replacement if problem.span == value.span and problem.replacement else _quoted(written)
    is_one_line = "\n" not in written and "\r" not in written
    return written if is_one_line or not isinstance(value.value, str) else _quoted(value.value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _plain_if_text(name: str) -> str:
    """The name of a skill, in quotation marks if YAML would take it for a number, a date or the like."""
    return name if name[0].isalpha() and isinstance(core_value(name), str) else _quoted(name)


def _skill_name(title: str) -> str:
    """The name as skills must be called: lower case, words joined by single hyphens."""
    words = re.findall(r"[^\W_]+", title.lower())
    return "-".join(words)[:MAX_NAME].strip("-") or "skill"


MIGRATION = Migration("prompt-to-skill", legacy=False, needs="create", applies=_applies, changes=_changes)
