"""What Claude Code fills into commands and skills: `$ARGUMENTS`, `$1`, `$name`, `${CLAUDE_…}`, `@path`, !`command`.

A format calls `scan(text, start, declared=…)` with the offset behind its front matter and the names that the key
`arguments` lists there; memory files such as `CLAUDE.md` have `@path` only, which is found the same way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoughtsmith.formats.templates.quoted import Quoted
from thoughtsmith.syntax.template import Include, Name, Tag, Template
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Collection

_SIGN = re.compile(r"[$@!]")
"""What begins a tag: one character is found faster than any of several."""
_TAG = re.compile(
    r"(?<![\w$\\])\$(?P<all>ARGUMENTS)(?:\[\d+\])?(?!\w)"
    r"|(?<![\w$\\])\$(?P<number>\d)(?![\w%]|[.,]\d)"
    r"|\$\{(?P<builtin>CLAUDE_[A-Z_]+)\}"
    r"|(?<![\w$\\])\$(?P<name>[A-Za-z_]\w*(?:-\w+)*)"
    r"|(?<![^\s(\"'])(?P<path>@)(?=[\w.~/])"
    r"|(?<![^\s(])!`(?P<command>[^`\r\n]+)`"
)
_PATH = re.compile(r"(?:~/|/|(?:\.{1,2}/)*)(?:[\w.+-]|\\ )+(?:/(?:[\w.+-]|\\ )+)*/?")
_FILE_ENDINGS = frozenset(
    {
        "c", "cpp", "cs", "css", "csv", "go", "h", "html", "java", "js", "json", "jsonc", "jsx", "kt", "lock", "md",
        "mdc", "mdx", "php", "prompt", "py", "rb", "rs", "rst", "scss", "sh", "sql", "swift", "toml", "ts", "tsx",
        "txt", "vue", "xml", "yaml", "yml",
    }
)  # fmt: skip
"""Of files that people point to. `@app.route` and `@types/node` may be meant as something else."""


def scan(text: str, start: int = 0, end: int | None = None, *, declared: Collection[str] = ()) -> Template:
    """The variables and imports in a part of `text`; `$name` counts only where `name` is among `declared`."""
    limit = len(text) if end is None else end
    quoted = Quoted(text, start, limit)
    names: list[Name] = []
    includes: list[Include] = []
    tags: list[Tag] = []
    position = start
    while (sign := _SIGN.search(text, position, limit)) is not None:
        match = _TAG.match(text, sign.start(), limit)
        if match is None:
            position = sign.end()
            continue
        position = match.end()
        kind = match.lastgroup or ""
        if kind == "path":
            position = match.start() + 1
            include = _import(text, position, limit)
            if include is not None and match.start() not in quoted:
                includes.append(include)
                position = include.span.end
            continue
        if kind == "command":
            # Variables in the command are filled in as well.
            position = match.start("command")
            tags.append(Tag(Span(*match.span()), "statement"))
            continue
        span = Span(*match.span(kind))
        name = match[kind]
        if kind == "name":
            if name not in declared:
                name = name.partition("-")[0]
                span = Span(span.start, span.start + len(name))
            if name not in declared:
                continue
        names.append(Name(name, span, builtin=kind != "name"))
        if not tags or tags[-1].span.end <= match.start():
            tags.append(Tag(Span(match.start(), position), "expression"))
    return Template("arguments", tuple(names), tuple(includes), (), tuple(tags))


def _import(text: str, start: int, end: int) -> Include | None:
    """The file that `@` before `start` imports."""
    match = _PATH.match(text, start, end)
    if match is None:
        return None
    target = match[0].rstrip(".,;:!?")
    if "/" not in target.strip("/") and "." not in target.strip("."):
        return None
    path = target.replace("\\ ", " ")
    certain = target.startswith(("./", "../", "~/", "/")) or target.rpartition(".")[2].lower() in _FILE_ENDINGS
    candidates = () if target.startswith(("~/", "/")) else (path,)
    span = Span(start, start + len(target))
    return Include(target, span, "file", optional=not certain, embeds=True, candidates=candidates)
