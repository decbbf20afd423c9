"""The variables of VS Code prompt files: `${input:name:placeholder}`, `${selection}`, `#file:path`, `#tool:name`.

They count in code as well: VS Code replaces them everywhere. A format calls `scan(text, start)` with the offset behind
its front matter and joins the result with that of `links.scan`.
"""

from __future__ import annotations

import re

from thoughtsmith.syntax.template import INPUT, Include, Name, Tag, Template, TemplateProblem
from thoughtsmith.text.span import Span

BUILTINS = frozenset(
    {
        "command",
        "config",
        "cwd",
        "defaultBuildTask",
        "env",
        "execPath",
        "extensionInstallFolder",
        "file",
        "fileBasename",
        "fileBasenameNoExtension",
        "fileDirname",
        "fileDirnameBasename",
        "fileExtname",
        "fileWorkspaceFolder",
        "lineNumber",
        "pathSeparator",
        "relativeFile",
        "relativeFileDirname",
        "selectedText",
        "selection",
        "userHome",
        "workspaceFolder",
        "workspaceFolderBasename",
    }
)
"""What the editor fills in by itself."""

_TAG = re.compile(
    r"\$\{(?:input:(?P<name>[^\W\d][\w.-]*)(?P<placeholder>:[^}\r\n]*)?(?P<closed>\}?)"
    r"|(?P<builtin>[A-Za-z]+)(?::[^{}\r\n]*)?\})"
    r"|(?<![\w#])#(?P<kind>file|tool):(?P<target>[^\s`'\"<>()\[\]{}]+)"
)
_LINE_RANGE = re.compile(r":\d+(?:-\d+)?\Z")


def scan(text: str, start: int = 0, end: int | None = None) -> Template:
    """The inputs and references in a part of `text`.

    The first place that asks for an input defines it, with its placeholder as the description; the others use it.
    """
    names: list[Name] = []
    includes: list[Include] = []
    problems: list[TemplateProblem] = []
    tags: list[Tag] = []
    known: set[str] = set()
    for match in _TAG.finditer(text, start, len(text) if end is None else end):
        if match["kind"]:
            includes.append(_reference(match))
            continue
        span = Span(*match.span())
        if match["name"]:
            name, place = match["name"], Span(*match.span("name"))
            placeholder = (match["placeholder"] or "")[1:].strip()
            defines = "" if name in known else INPUT
            names.append(Name(name, place, defines=defines, description=placeholder if defines else ""))
            known.add(name)
            if not match["closed"]:
                problems.append(TemplateProblem("unclosed-tag", span))
        elif match["builtin"] in BUILTINS:
            names.append(Name(match["builtin"], Span(*match.span("builtin")), builtin=True))
        else:
            continue
        tags.append(Tag(span, "expression"))
    return Template("inputs", tuple(names), tuple(includes), tuple(problems), tuple(tags))


def _reference(match: re.Match[str]) -> Include:
    target = _LINE_RANGE.sub("", match["target"].rstrip(".,;:!?"))
    span = Span(match.start("target"), match.start("target") + len(target))
    # Paths are relative to the root of the workspace, as the editor's own picker writes them.
    candidates = (f"/{target.lstrip('/')}", target) if match["kind"] == "file" and target else ()
    return Include(target, span, match["kind"], candidates=candidates)
