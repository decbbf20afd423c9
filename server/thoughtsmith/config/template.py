"""A config file to begin with: every option, explained and commented out."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from thoughtsmith.config.options import OPTIONS
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from thoughtsmith.config.options import Option

WIDTH = 100

_EXAMPLES = {
    "n": "5",
    "model": '"gpt-5"',
    "docs": '"https://example.com/rules/{id}"',
    "select": '["all"]',
    "ignore": '["TH512"]',
    "include": '["docs/prompts/**/*.md"]',
    "exclude": '["vendor/"]',
    "baseline": '"thoughtsmith-baseline.json"',
    "extend": '"../thoughtsmith.toml"',
    "formats": '"mails/*.txt" = "jinja"',
    "skill-profiles": '["spec"]',
    "severity": '"unused-variable" = "warning"',
    "per-file-ignores": '"drafts/" = ["all"]',
}
"""Values to show for options that have no default worth showing."""


def config_template(language: str) -> str:
    """The text of a `thoughtsmith.toml` in which nothing is set yet."""
    parts = [_comment(messages(language).config_template)]
    # In TOML what stands behind a table belongs to it.
    for option in sorted(OPTIONS, key=lambda option: option.table):
        text = option.ru if language == "ru" else option.en
        if option.choices and not option.table:
            text += f" ({', '.join(option.choices)})"
        parts.append(_comment(text) + _example(option))
    return "\n".join(parts)


def _comment(text: str) -> str:
    return "".join(f"# {line}\n" for line in wrap(text, WIDTH))


def _example(option: Option) -> str:
    value = _EXAMPLES.get(option.name, f'"{option.default}"')
    return f"# [{option.name}]\n# {value}\n" if option.table else f"# {option.name} = {value}\n"
