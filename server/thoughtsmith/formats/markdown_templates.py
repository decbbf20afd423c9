"""The variables and references of Markdown formats: links everywhere, and what the tools that read a format fill in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from thoughtsmith.formats import declarations, front_matter
from thoughtsmith.formats.templates import arguments, handlebars, inputs, jinja, links, python_format
from thoughtsmith.formats.templates.joining import joined, merged
from thoughtsmith.syntax.data import Scalar, Sequence
from thoughtsmith.syntax.template import DECLARATION, NOTHING, Name, Template
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.syntax.tree import PromptTree

_ARGUMENT = re.compile(r"[^\s\"'|>]+")


def linked(tree: PromptTree) -> Template:
    """Links to files, and nothing else."""
    return links.scan(tree.lines.text, _start(tree))


def with_inputs(tree: PromptTree) -> Template:
    """What VS Code replaces: `${input:x}`, `#file:x`, and links."""
    return joined(inputs.scan(tree.lines.text, _start(tree)), linked(tree))


def with_references(tree: PromptTree) -> Template:
    """What VS Code reads along: `#file:x`, and links. It asks for inputs in prompt files only."""
    found = inputs.scan(tree.lines.text, _start(tree))
    return joined(Template(includes=found.includes), linked(tree))


def with_imports(tree: PromptTree) -> Template:
    """What Claude Code reads along: `@path`, and links. In memory and rules it replaces nothing."""
    found = arguments.scan(tree.lines.text, _start(tree))
    return joined(Template(includes=found.includes), linked(tree))


def with_arguments(tree: PromptTree) -> Template:
    """What Claude Code replaces in commands and skills: `$ARGUMENTS`, the names of `arguments`, `@path`, and links."""
    declared = list(_declared_arguments(tree))
    found = arguments.scan(tree.lines.text, _start(tree), declared={name.name for name in declared})
    return joined(merged(declared, found) if declared else found, linked(tree))


def guessed(tree: PromptTree) -> Template:
    """The variables of a prompt that some program fills in, in the language that it looks to be written in."""
    text, start = tree.lines.text, _start(tree)
    if "{%" in text:
        found = jinja.scan(text, start, certain=False)
    elif "{{" in text:
        found = handlebars.scan(text, start, flavour="mustache", certain=False)
    elif "{" in text and python_format.uses(text[start:]):
        found = python_format.scan(text, start)
    else:
        found = NOTHING
    # Of a language that was only guessed, what looks like an error is none.
    return joined(replace(found, problems=()), linked(tree))


def _start(tree: PromptTree) -> int:
    span = tree.front_matter
    return 0 if span is None else span.end


def _declared_arguments(tree: PromptTree) -> Iterator[Name]:
    """The names in the key `arguments`: a list, or a text with blanks between them."""
    data, text = front_matter.data(tree), tree.lines.text
    value = None if data is None else data.root.at("arguments")
    if isinstance(value, Sequence):
        for item in value.items:
            if isinstance(item, Scalar) and isinstance(item.value, str) and item.value:
                yield declarations.of_value(text, item)
    elif isinstance(value, Scalar) and isinstance(value.value, str):
        for match in _ARGUMENT.finditer(text, *value.span):
            yield Name(match[0], Span(*match.span()), DECLARATION)
