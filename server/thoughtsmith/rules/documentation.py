"""The documentation of a rule, read from the docstring of its file."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thoughtsmith.rules.rule import Rule

SECTIONS = ("What it does", "Why is this bad", "Example", "When not to flag", "Fix", "Evidence")


def documentation_of(rule: Rule) -> str:
    """The docstring: a summary and the sections, each indented below its title."""
    return inspect.cleandoc(sys.modules[rule.check.__module__].__doc__ or "")


def summary_of(rule: Rule) -> str:
    """What the rule reports, in one sentence."""
    return documentation_of(rule).partition("\n\n")[0].replace("\n", " ")


def page_of(rule: Rule) -> str:
    """The documentation as a Markdown page."""
    lines = [f"# {rule.name} ({rule.id})", ""]
    for line in documentation_of(rule).splitlines():
        if line in SECTIONS:
            lines.append(f"## {line}\n")
        else:
            lines.append(line.removeprefix("    "))
    return "\n".join(lines) + "\n"
