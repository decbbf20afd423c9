"""promptfoo: a YAML or JSON file with prompts, the models to try them on, and tests with values for their variables.

Prompts are Nunjucks templates. What a test sets under `vars` declares a variable of all of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from thoughtsmith.formats.dialect import JINJA, Dialect
from thoughtsmith.formats.embedded import DataTree, Holder, Prompt, inner_span
from thoughtsmith.formats.embedded_format import embedded_format
from thoughtsmith.formats.embedded_names import declared, loosened, span_of, without_escapes
from thoughtsmith.formats.promptfoo_schema import SCHEMA
from thoughtsmith.formats.templates import jinja
from thoughtsmith.formats.templates.joining import joined
from thoughtsmith.syntax.template import ASSIGNMENT, DECLARATION, NOTHING, Include, Name, Template
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.formats.yaml_outline import Outline, Path, Text
    from thoughtsmith.syntax.tree import PromptTree

_FILE = re.compile(r"file://(?P<path>[^\r\n]*?)(?P<function>:[A-Za-z_]\w*)?\Z")
_NO_PATH = re.compile(r"[*?\[\]{}\s]")
_PATH = re.compile(r"[^\s{}*?\[\]]+\.(?:txt|md|j2|json|jsonl|ya?ml|csv|[cm]?js|ts|py)")
_PROGRAM = re.compile(r"(?:file|exec|python|package)://?|(?:exec|python|javascript):")
_SCRIPT_NAME = re.compile(
    r"\bvars(?:[\"']\s*\])?"
    r"(?:\??\.(?!get\()(?P<dot>[A-Za-z_$][\w$]*)"
    r"|(?:\.get\(|(?:\?\.)?\[)\s*(?P<quote>[\"'])(?P<key>[^\"'\[\]\r\n]+)(?P=quote))"
)
_SCRIPT_USE = re.compile(r"\bvars\b")

_GRADED = frozenset(
    {
        "completion", "context", "criteria", "ideal", "input", "output", "outputs", "prompt", "purpose", "query",
        "rubric", "statements", "value", "vars",
    }
)  # fmt: skip
"""What promptfoo itself fills into the prompts of graders and the values of assertions."""
_TESTS = frozenset({"tests", "defaultTest", "scenarios"})


def prompts(outline: Outline, text: str) -> Iterator[Prompt]:
    """What stands under `prompts`, and the prompts of graders."""
    values = {value.path: value for value in outline.texts}
    for value in outline.texts:
        path = value.path
        if not path or value.style == "*" or not _is_place_of_prompt(path):
            continue
        if value.body is None and not _is_prose(text[value.span.start : value.span.end]):
            continue
        yield Prompt(value, _name(path, values, text))


def _is_place_of_prompt(path: Path) -> bool:
    if path[0] == "prompts":
        return not any(isinstance(key, str) for key in path[1:2]) and path[2:] in ((), ("raw",), ("template",))
    if path[-1] == "rubricPrompt":
        return True
    return len(path) > 2 and path[-3] == "rubricPrompt" and path[-1] == "content"


def _is_prose(written: str) -> bool:
    """Whether a text on one line is a prompt rather than the name of a file or of a program."""
    written = written.strip("\"' ")
    return any(char.isspace() for char in written) and _PROGRAM.match(written) is None


def _name(path: Path, values: dict[Path, Text], text: str) -> str:
    for key in ("label", "id", "role"):
        value = values.get((*path[:-1], key)) if isinstance(path[-1], str) and len(path) > 1 else None
        label = text[slice(*value.span)].strip("\"' ") if value is not None and value.body is None else ""
        if label:
            return label
    if path[0] == "prompts":
        return f"prompts[{path[1]}]" if len(path) > 1 else "prompts"
    return "rubricPrompt"


def template(tree: PromptTree) -> Template:
    """The variables of prompts, tests and assertions, and the files that are read."""
    if not isinstance(tree, DataTree):
        return NOTHING
    return _Reading(tree).template()


class _Reading:
    def __init__(self, tree: DataTree) -> None:
        self._lines = tree.lines
        self._outline = tree.outline
        # With a character more, so that no prompt ends where the file does: what it defines means nothing elsewhere.
        self._text = without_escapes(tree.lines.text, tree.outline) + "\n"
        self._values = {value.path: value for value in tree.outline.texts}
        self._tags = jinja.tags_begin(self._text)
        self._top_level = {key.path[0] for key in tree.outline.keys}

    def template(self) -> Template:
        texts = self._outline.texts
        found = [self._read(value.path, span_of(value, self._lines)) for value in texts if value.style != "*"]
        # Programs and other files use variables in ways that do not show here.
        defines = DECLARATION if self._shows_all_uses() else ASSIGNMENT
        names = (
            declared(key, self._values, self._lines, defines=defines)
            for key in self._outline.keys
            if declares(key.path)
        )
        own = Template(
            "jinja",
            tuple(name for name in names if name is not None),
            tuple(self._includes()),
            declares=self._lists_all_variables(),
        )
        return joined(own, *(one for one in found if one is not NOTHING))

    def _read(self, path: Path, span: Span) -> Template:
        """What is found in the text at `path`."""
        if "assert" in path:
            found = loosened(self._nunjucks(span), builtins=_GRADED)
            code = tuple(self._script_names(span)) if self._text.find("vars", *span) >= 0 else ()
            return joined(found, Template("jinja", code)) if code else found
        if "rubricPrompt" in path:
            return loosened(self._nunjucks(span), builtins=_GRADED)
        if path[:1] == ("prompts",):
            return self._nunjucks(span)
        return loosened(self._nunjucks(span), optional=True)

    def _nunjucks(self, span: Span) -> Template:
        first = bisect_left(self._tags, span.start)
        if first == len(self._tags) or self._tags[first] >= span.end:
            return NOTHING  # As in most texts; looking into each of them would take its time.
        return jinja.scan(self._text, *span, flavour="nunjucks")

    def _script_names(self, span: Span) -> Iterator[Name]:
        """The variables that the code of an assertion takes from `context.vars`."""
        for match in _SCRIPT_NAME.finditer(self._text, *span):
            group = "dot" if match["dot"] else "key"
            yield Name(match[group], Span(*match.span(group)), quote=match["quote"] or "")

    def _lists_all_variables(self) -> bool:
        """Whether the tests stand here as a whole, so that what none of them sets is set nowhere."""
        if not self._top_level & _TESTS or self._top_level & {"redteam", "extensions"}:
            return False
        if any(key.path[-1] in ("transformVars", "<<") and key.path[0] in _TESTS for key in self._outline.keys):
            return False
        return not any(
            value.path[0] in _TESTS and self._stands_elsewhere(value) for value in self._outline.texts if value.path
        )

    def _stands_elsewhere(self, value: Text) -> bool:
        """Whether a text within the tests stands for a part of them: a file, a program, an alias."""
        path = value.path
        if "assert" in path or "options" in path or declares(path):
            return False
        last = next((key for key in reversed(path) if isinstance(key, str)), "")
        return value.style == "*" or last in (*_TESTS, "vars", "config")

    def _shows_all_uses(self) -> bool:
        """Whether every variable that is used anywhere shows in this file."""
        if "prompts" not in self._top_level:
            return False
        text = self._text
        for value in self._outline.texts:
            path = value.path
            if not path or declares(path):
                continue
            span = span_of(value, self._lines)
            if _PROGRAM.match(text, *span):
                return False
            if path[0] == "prompts":
                if _PATH.fullmatch(text, *span):
                    return False
            elif "assert" in path and text.find("vars", *span) >= 0:
                found = sum(1 for _ in _SCRIPT_NAME.finditer(text, *span))
                if found < sum(1 for _ in _SCRIPT_USE.finditer(text, *span)):
                    return False
        return True

    def _includes(self) -> Iterator[Include]:
        text = self._lines.text
        for value in self._outline.texts:
            path = value.path
            if value.body is not None or not path or value.style == "*":
                continue
            url = text.startswith("file://", value.span.start + bool(value.style))
            bare = path[0] in ("prompts", "tests") and (len(path) == 1 or (len(path) == 2 and isinstance(path[1], int)))
            span = inner_span(value, text) if url or bare else None
            if span is None:
                continue
            embeds = path[0] == "prompts" or "rubricPrompt" in path
            if url and (match := _FILE.fullmatch(text, *span)):
                yield _include(match, embeds=embeds)
            elif bare and _PATH.fullmatch(text, *span):
                target = self._lines.at(span)
                yield Include(target, span, "file", embeds=embeds, candidates=_candidates(target))
        for key in self._outline.keys:
            span = Span(key.span.start + bool(key.style), key.span.end - bool(key.style))
            if key.path[0] == "prompts" and len(key.path) == 2 and (match := _FILE.fullmatch(self._lines.text, *span)):
                yield _include(match, embeds=True)


def _include(match: re.Match[str], *, embeds: bool) -> Include:
    target = match["path"]
    return Include(target, Span(*match.span("path")), "file", embeds=embeds, candidates=_candidates(target))


def _candidates(target: str) -> tuple[str, ...]:
    """Where the file may lie; nowhere to be found are patterns, computed names and absolute paths."""
    return () if not target or target[0] == "/" or target[1:2] == ":" or _NO_PATH.search(target) else (target,)


def declares(path: Path) -> bool:
    """Whether the key at `path` is a variable that a test sets."""
    return (
        len(path) > 2
        and path[0] in _TESTS
        and path[-2] == "vars"
        and (path[-3] == "defaultTest" or isinstance(path[-3], int))
        and isinstance(path[-1], str)
        and path[-1] != "<<"
        and "assert" not in path
        and "vars" not in path[:-2]
    )


FORMAT = embedded_format(
    "promptfoo",
    "promptfoo (promptfooconfig.yaml)",
    (
        "promptfooconfig*.yaml",
        "promptfooconfig*.yml",
        "promptfooconfig*.json",
        "promptfoo.yaml",
        "promptfoo.yml",
        "promptfoo-config*.yaml",
        "promptfoo-config*.yml",
        "*.promptfoo.yaml",
        "*.promptfoo.yml",
    ),
    Holder(prompts, ("prompts:", "  - |"), Dialect(front_matter=(), tags=JINJA)),
    schema=SCHEMA,
    template=template,
)
