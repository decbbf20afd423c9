"""`.prompt.md` → `SKILL.md`: agents load skills, and newer ones no longer load prompt files.

The skill is a new file; the prompt file stays, since its callers may still need it. Name and description are taken
over. What only prompt files have, such as `agent` or `tools`, is left out.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

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
    values = {} if data is None else {e.key: e.value for e in data.root.entries if isinstance(e.value, Scalar)}
    title = values.get("name")
    name = _skill_name(str(title.value) if title is not None and title.value else file[: -len(OLD)])
    newline = snapshot.lines.newline
    description = values.get("description")
    described = (
        snapshot.lines.at(description.span)
        if description is not None and description.value and "\n" not in snapshot.lines.at(description.span)
        else json.dumps(
            str(description.value)
            if description is not None and description.value
            else messages(snapshot.locale).describe_skill,
            ensure_ascii=False,
        )
    )
    head = ["---", f"name: {name}", f"description: {described}"]
    head += [f"{key}: {snapshot.lines.at(values[key].span)}" for key in KEPT if key in values]
    front_matter = snapshot.tree.front_matter
    body = snapshot.lines.text[front_matter.end if front_matter is not None else 0 :].lstrip("\r\n")
    up = "../skills" if folder.endswith("/prompts") else "skills"
    return [NewFile(f"{up}/{name}/SKILL.md", newline.join([*head, "---", "", body]))]


def _skill_name(title: str) -> str:
    """The name as skills must be called: lower case, words joined by single hyphens."""
    words = re.findall(r"[^\W_]+", title.lower())
    return "-".join(words)[:MAX_NAME].strip("-") or "skill"


MIGRATION = Migration("prompt-to-skill", legacy=False, needs="create", applies=_applies, changes=_changes)
