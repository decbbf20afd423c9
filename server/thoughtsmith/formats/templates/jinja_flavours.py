"""What differs between Jinja2 and the languages that look like it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flavour:
    """What differs between the languages that look alike."""

    id: str
    blocks: frozenset[str]
    """The statements that have an end: `end` and their name, unless `ends` says otherwise."""
    ends: dict[str, str]
    branches: dict[str, frozenset[str]]
    """For a statement in the middle of a block: the blocks that it may stand in."""
    statements: frozenset[str]
    """The other statements."""
    loops: frozenset[str]
    raw: frozenset[str]
    builtins: frozenset[str]


_CONDITION = frozenset({"if"})
JINJA = Flavour(
    "jinja",
    # `generation` is an extension of chat templates: what the model writes.
    blocks=frozenset({"for", "if", "macro", "call", "filter", "block", "with", "autoescape", "trans", "generation"}),
    ends={},
    branches={"elif": _CONDITION, "else": frozenset({"if", "for"}), "pluralize": frozenset({"trans"})},
    statements=frozenset(
        {"set", "include", "extends", "import", "from", "print", "do", "break", "continue", "debug"},
    ),
    loops=frozenset({"for"}),
    raw=frozenset({"raw"}),
    builtins=frozenset({"range", "dict", "lipsum", "cycler", "joiner", "namespace", "self"}),
)
NUNJUCKS = Flavour(
    "jinja",
    blocks=frozenset({"for", "asyncEach", "asyncAll", "if", "ifAsync", "macro", "call", "filter", "block", "switch"}),
    ends={"asyncEach": "endeach", "asyncAll": "endall", "ifAsync": "endif"},
    branches={
        "elif": frozenset({"if", "ifAsync"}),
        "elseif": frozenset({"if", "ifAsync"}),
        "else": frozenset({"if", "ifAsync", "for", "asyncEach", "asyncAll"}),
        "case": frozenset({"switch"}),
        "default": frozenset({"switch"}),
    },
    statements=frozenset({"set", "include", "extends", "import", "from"}),
    loops=frozenset({"for", "asyncEach", "asyncAll"}),
    raw=frozenset({"raw", "verbatim"}),
    builtins=frozenset({"range", "cycler", "joiner", "null", "env", "_conversation"}),
)
FLAVOURS = {"jinja": JINJA, "nunjucks": NUNJUCKS}
