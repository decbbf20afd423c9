"""Templates in short, for tables: what a scanner found as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thoughtsmith.syntax.template import Template
    from thoughtsmith.text.span import Span


def listed_names(text: str, template: Template) -> list[str]:
    """One line for a name: `name`, `@` if it is built in, `?` if it is optional, `=kind` and `[where it counts]`."""

    def line(name: str, builtin: bool, optional: bool, defines: str, scope: Span | None) -> str:
        where = f" [{text[scope.start : scope.end]}]" if scope is not None else ""
        return f"{name}{'@' * builtin}{'?' * optional}{f'={defines}' if defines else ''}{where}"

    return [line(n.name, n.builtin, n.optional, n.defines, n.scope) for n in template.names]


def listed_includes(template: Template) -> list[str]:
    """One line for a reference: its kind and target, `?` if it may lead nowhere, `+` if the text sees the variables."""
    return [f"{i.kind} {i.target}{'?' * i.optional}{'+' * i.embeds}" for i in template.includes]


def listed_problems(text: str, template: Template) -> list[str]:
    """One line for an error: its id and the text that it underlines."""
    return [f"{p.id} {text[p.span.start : p.span.end]}" for p in template.problems]
