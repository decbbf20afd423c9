"""What a template says of its variables and of other files, whatever language it is written in.

Scanners of template languages produce it, total and with spans of the whole text; what belongs together is worked out
by `analysis.variables`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from thoughtsmith.text.span import Span

DECLARATION, INPUT, LOCAL, LOOP, MACRO, ASSIGNMENT = "declaration", "input", "local", "loop", "macro", "assignment"
"""How a name is defined: declared as data (front matter, `vars`), asked from the user where it stands
(`${input:x}`), or in the template: a block parameter, a loop variable, a macro, `{% set %}`/`<let>`."""


class Name(NamedTuple):
    """One place where a variable stands."""

    name: str
    """The root of a path: `user` of `user.name`; without `$`, `@` or braces."""
    span: Span
    """Of exactly that name: what a rename replaces."""
    defines: str = ""
    """How this place defines the name; empty where it is only used."""
    scope: Span | None = None
    """Of a definition: where the name means it; `None` for the whole file."""
    builtin: bool = False
    """Whether the template language itself gives it a meaning: `loop`, `@index`, `$ARGUMENTS`, `${selection}`."""
    optional: bool = False
    """Of a use: whether nothing is wrong if it is not defined (`x | default(…)`, `{{#if x}}`, `x is defined`)."""
    type: str = ""
    """Of a definition: as written, such as `string` or `number`."""
    default: str = ""
    """Of a definition: as written."""
    description: str = ""
    quote: str = ""
    """What a new name must be escaped for: `'` or `"` inside a text, `yaml` for a key; empty for an identifier."""


class Include(NamedTuple):
    """A reference to another file or partial."""

    target: str
    """As written, without quotes."""
    span: Span
    """Of the target."""
    kind: str
    """`partial`, `include`, `extends`, `import`, `link`, `file` …"""
    optional: bool = False
    """Whether nothing is wrong if there is no such file (`ignore missing`)."""
    embeds: bool = False
    """Whether the other text becomes part of this one, so that it sees this one's variables."""
    candidates: tuple[str, ...] = ()
    """The paths to look for, relative to the folder of this file or, with a leading `/`, to the root of the workspace;
    the first that exists is meant. Empty for something that cannot be followed, such as a computed name."""


class TemplateProblem(NamedTuple):
    """An error of the template language."""

    id: str
    """kebab-case: `unclosed-block`, `unmatched-end`, `unclosed-tag`, `syntax` …"""
    span: Span
    detail: str = ""
    related: Span | None = None


class Tag(NamedTuple):
    """One construct of the language: an expression, a statement, a comment."""

    span: Span
    kind: str
    """`expression`, `statement`, `comment` or `raw` (text that is not looked into)."""


@dataclass(frozen=True, slots=True)
class Template:
    language: str = ""
    """`jinja`, `handlebars`, `mustache`, `inputs`, `arguments`, `python-format`, `poml`; empty for none."""
    names: tuple[Name, ...] = ()
    """In the order of the text."""
    includes: tuple[Include, ...] = ()
    problems: tuple[TemplateProblem, ...] = ()
    tags: tuple[Tag, ...] = ()
    """In the order of the text; they do not overlap."""
    declares: bool = False
    """Whether the file lists its variables, so that one it does not list is a mistake."""


NOTHING = Template()
