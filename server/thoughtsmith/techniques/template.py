"""Block templates: untrusted input, bounded by construction.

A template may output text, parameters, slots and plural forms, and choose between texts; there are no loops,
attributes, filters but `plural`, includes or assignments. So its output is at most as long as its source plus its
values, and checking the syntax once when it is loaded is enough: no clock, no recursion limit at run time.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from thoughtsmith.syntax.block import Block, Inline, Item, Slot
from thoughtsmith.techniques.numerals import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import jinja2
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

    from thoughtsmith.techniques.model import Value

MAX_SOURCE = 16_000
MAX_OUTPUT = 16_000
"""Characters. A block is a dozen lines; whatever is longer is a mistake."""

_SLOT_START, _SLOT_END = "\ue000", "\ue001"
_SLOT = re.compile(f"{_SLOT_START}(\\d{{1,4}}){_SLOT_END}")
_ITEM = re.compile(r"( *)(-|\d+\.) +(.*)")


class TemplateError(Exception):
    """A template that cannot be used; the message says why, with the line where that is known."""


# Jinja2 is imported where it is used: the server answers `initialize` before it renders anything.


@lru_cache(maxsize=1)
def _environment() -> SandboxedEnvironment:
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=False, cache_size=0)
    environment.globals.clear()
    environment.filters.clear()
    environment.filters["plural"] = plural
    return environment


@lru_cache(maxsize=1)
def _allowed() -> tuple[type[nodes.Node], ...]:
    from jinja2 import nodes

    outputs = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const)
    choices = (nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not)
    return (*outputs, *choices, nodes.Add, nodes.Sub)


@lru_cache(maxsize=512)
def compile_template(source: str) -> jinja2.Template:
    """The template, checked against the whitelist. Raises `TemplateError`."""
    if len(source) > MAX_SOURCE:
        raise TemplateError(f"the template has more than {MAX_SOURCE} characters")
    import jinja2

    try:
        _check(_environment().parse(source))
        return _environment().from_string(source)
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(f"line {error.lineno}: {error.message}") from error
    except (RecursionError, SyntaxError) as error:
        # Jinja2 writes Python code, whose own parser refuses deep nesting.
        raise TemplateError("the template is nested too deeply") from error


def _check(root: nodes.Node) -> None:
    from jinja2 import nodes

    stack: list[nodes.Node] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Call):
            called = node.node
            arguments = [a for a in node.args if isinstance(a, nodes.Const) and isinstance(a.value, str)]
            if not (
                isinstance(called, nodes.Name)
                and called.name == "slot"
                and len(node.args) == len(arguments) == 2
                and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
            ):
                raise TemplateError(f'line {node.lineno}: only slot("name", "default text") can be called')
            continue
        if isinstance(node, nodes.Filter):
            if node.name != "plural":
                raise TemplateError(f"line {node.lineno}: filter {node.name!r} is not allowed, only plural is")
        elif not isinstance(node, _allowed()) or (isinstance(node, nodes.Name) and node.name == "slot"):
            what = type(node).__name__.lower()
            raise TemplateError(f"line {node.lineno}: {what} is not allowed; use if, parameters, slot() and plural")
        stack.extend(node.iter_child_nodes())


def render(source: str, values: Mapping[str, Value | bool], fills: Mapping[str, str], tag: str) -> Block:
    """The block that the template gives for these parameter values.

    `fills` are texts for slots by name; the other slots stay for the user. Raises `TemplateError`.
    """
    slots: list[Slot | str] = []

    def slot(name: str, default: str) -> str:
        slots.append(" ".join(fills[name].split()) if name in fills else Slot(name, default))
        return f"{_SLOT_START}{len(slots) - 1}{_SLOT_END}"

    import jinja2

    try:
        size, parts = 0, []
        for part in compile_template(source).generate(**values, slot=slot):
            size += len(part)
            if size > MAX_OUTPUT:
                raise TemplateError(f"the block has more than {MAX_OUTPUT} characters")
            parts.append(part)
    except jinja2.TemplateError as error:
        raise TemplateError(error.message or type(error).__name__) from error
    except (TypeError, ValueError) as error:
        raise TemplateError(str(error)) from error
    return _parse("".join(parts), tag, lambda text: _inline(text, slots))


def _inline(text: str, slots: list[Slot | str]) -> Inline:
    parts: list[str | Slot] = []
    for index, piece in enumerate(_SLOT.split(text)):
        if index % 2:
            if int(piece) >= len(slots):
                raise TemplateError("the block has a character that is reserved for slots")
            parts.append(slots[int(piece)])
        elif piece:
            parts.append(piece)
    return tuple(parts)


class _Draft:
    """An item under construction."""

    def __init__(self, content: Inline, indent: int) -> None:
        self.content = content
        self.indent = indent
        self.children: list[_Draft] = []
        self.ordered = False

    def item(self) -> Item:
        return Item(self.content, tuple(child.item() for child in self.children), self.ordered)


def _parse(text: str, tag: str, inline: Callable[[str], Inline]) -> Block:
    """The block that a rendered template describes; see `snippets/README.md` for its lines."""
    heads: dict[str, Inline] = {}
    root = _Draft((), -1)
    open_items = [root]
    for number, line in enumerate(text.splitlines(), 1):
        key, colon, value = line.partition(": ")
        if not line.strip():
            continue
        if colon and key in ("title", "lead", "close") and key not in heads:
            heads[key] = inline(value.strip())
        elif match := _ITEM.fullmatch(line):
            indent = len(match[1])
            while open_items[-1].indent >= indent:
                open_items.pop()
            draft = _Draft(inline(match[3].strip()), indent)
            open_items[-1].children.append(draft)
            open_items[-1].ordered = match[2] != "-"
            open_items.append(draft)
        else:
            raise TemplateError(f"line {number} of the block is neither title, lead, close nor an item: {line!r}")
    for key in ("title", "lead"):
        if key not in heads:
            raise TemplateError(f"the block has no {key!r} line")
    items = tuple(child.item() for child in root.children)
    return Block(heads["title"], heads["lead"], items, heads.get("close", ()), root.ordered, tag)


def slot_names(block: Block) -> set[str]:
    """The names of the slots that the block leaves to the user."""

    def names(items: tuple[Item, ...]) -> set[str]:
        found: set[str] = set()
        for item in items:
            found |= {part.name for part in item.content if isinstance(part, Slot)} | names(item.children)
        return found

    heads = {part.name for part in (*block.title, *block.lead, *block.close) if isinstance(part, Slot)}
    return heads | names(block.items)
