"""The files that run `check` in CI: they name options that there are, and files that formats know.

`THOUGHTSMITH_UPDATE=1 pytest tests/test_ci_files.py` writes the pattern of the hooks anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from thoughtsmith.cli.check import check
from thoughtsmith.cli.renderers import FORMATS as OUTPUT_FORMATS
from thoughtsmith.formats.registry import FORMATS

ROOT = Path(__file__).parent.parent
HOOKS = ROOT / ".pre-commit-hooks.yaml"
CI = ROOT / "client-config" / "ci"


def pattern() -> str:
    """What the paths of prompts match, as pre-commit has it."""
    globs = sorted({pattern for known in FORMATS for pattern in known.patterns})
    return "(?i)(^|/)(" + "|".join(re.escape(glob).replace(r"\*", ".*") for glob in globs) + ")$"


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_the_hooks_run_on_prompts() -> None:
    text = HOOKS.read_text(encoding="utf-8")
    if os.environ.get("THOUGHTSMITH_UPDATE"):
        text = re.sub(r"^  files: .*$", lambda _: f"  files: '{pattern()}'", text, flags=re.MULTILINE)
        HOOKS.write_text(text, encoding="utf-8")
    hooks = load(HOOKS)
    assert [hook["files"] for hook in hooks] == [pattern()] * len(hooks) != []
    for hook in hooks:
        assert {"id", "name", "entry", "language"} <= hook.keys()
        assert_call(hook["entry"])


@pytest.mark.parametrize(
    ("path", "is_prompt"),
    [
        ("SKILL.md", True),
        ("a/b/Skill.md", True),
        ("x.prompt.md", True),
        ("prompts/deep/a.txt", True),
        (".claude/commands/fix.md", True),
        ("README.md", False),
        ("myprompts/a.txt", False),
        ("SKILL.mdx", False),
        ("xSKILL.md", False),
    ],
)
def test_the_pattern_means_what_the_formats_mean(path: str, is_prompt: bool) -> None:
    assert bool(re.search(pattern(), path)) == is_prompt == any(known.matches(path) for known in FORMATS)


def assert_call(command: str) -> None:
    """That a call of `thoughtsmith check` has only options that there are."""
    words = command.split()
    assert words[:2] == ["thoughtsmith", "check"]
    options = {name for parameter in check.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


def test_the_gitlab_job() -> None:
    (job,) = load(CI / "gitlab-ci.yml").values()
    assert_call(job["script"][-1])
    assert job["artifacts"]["reports"]["codequality"] in job["script"][-1]
    assert "gitlab" in OUTPUT_FORMATS


def test_the_github_action_runs_check_with_its_inputs_and_never_as_a_command() -> None:
    action = load(CI / "github-action" / "action.yml")
    assert action["runs"]["using"] == "composite"
    assert action["inputs"]["output-format"]["default"] in OUTPUT_FORMATS
    last = action["runs"]["steps"][-1]
    assert "${{" not in last["run"]
    used = set(re.findall(r"inputs\.([\w-]+)", repr(action["runs"])))
    assert used == action["inputs"].keys()
    for name in ("--output-format", "--output-file"):
        assert name in last["run"]
        assert name in {option for parameter in check.params for option in parameter.opts}
    assert (CI / "github-action" / "../../..").resolve() == ROOT.resolve()
