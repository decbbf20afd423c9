"""The snippet files in `client-config/snippets/`, for people who work without the server: made from the catalogue.

A snippet is a technique in one of the ways in which Markdown prompts are written, in one language. What it says is what
the server inserts there.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.formats import markdown
from thoughtsmith.formats.place import Style
from thoughtsmith.formats.placement import place_at_end
from thoughtsmith.formats.writing import to_snippet
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.techniques.catalogue import render
from thoughtsmith.techniques.params import resolve
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.formats.writing import Written
    from thoughtsmith.syntax.block import Slot
    from thoughtsmith.techniques.model import Language

LANGUAGES: tuple[Language, ...] = ("en", "ru")
STYLES = {Style.LIST: "", Style.HEADING: "-section", Style.XML: "-tag"}
"""What each adds to the word that is typed."""
STYLE_NAMES = {
    "en": {Style.LIST: "list item", Style.HEADING: "section", Style.XML: "tag"},
    "ru": {Style.LIST: "пункт списка", Style.HEADING: "раздел", Style.XML: "тег"},
}
SCOPE = "markdown,plaintext,prompt,instructions,chatagent,skill"
"""What Visual Studio Code calls prompts."""


class Snippet(NamedTuple):
    prefix: str
    """What is typed."""
    name: str
    summary: str
    written: Written


def snippets() -> Iterator[Snippet]:
    for technique in load_catalogue().techniques.values():
        for language in LANGUAGES:
            for style, suffix in STYLES.items():
                block = render(technique, language, resolve(technique, {}))
                place = place_at_end(markdown.FORMAT.parse(Lines.of("")), style, 1)
                if style is Style.LIST:
                    # Which number it would be nobody knows.
                    place = replace(place, marker="- ", content_indent="  ", numbered=False)
                written = markdown.FORMAT.write(block, place)
                prefix = technique.id + suffix + ("" if language == "en" else f"-{language}")
                name = f"{technique.name.of(language)}: {STYLE_NAMES[language][style]}"
                yield Snippet(prefix, name, technique.summary.of(language), written)


def as_json(*, scope: str = "") -> str:
    """The format of Visual Studio Code, which LuaSnip, friendly-snippets and Zed read as well."""
    entries = {}
    for snippet in snippets():
        body = to_snippet(snippet.written)
        assert body is not None
        entry = {"prefix": snippet.prefix, "body": body.rstrip("\n").split("\n"), "description": snippet.summary}
        entries[snippet.name] = {"scope": scope, **entry} if scope else entry
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def as_ultisnips() -> str:
    parts = ["# Made from the techniques of Thoughtsmith.\n"]
    for snippet in snippets():
        body = _text(snippet.written)
        parts.append(f'snippet {snippet.prefix} "{snippet.name}" b\n{body}\nendsnippet\n')
    return "\n".join(parts)


def as_yasnippet() -> dict[str, str]:
    """By file name."""
    return {
        snippet.prefix: f"# -*- mode: snippet -*-\n# name: {snippet.name}\n# key: {snippet.prefix}\n"
        # The indentation of nested lists is part of the text; the mode would move it.
        "# expand-env: ((yas-indent-line 'fixed))\n# --\n" + _text(snippet.written)
        for snippet in snippets()
    }


def _text(written: Written) -> str:
    """The block in the syntax that UltiSnips and yasnippet have in common: a backquote would begin a program.

    Slots of the same name and default share a tab stop.
    """
    stops: dict[Slot, int] = {}
    out: list[str] = []
    for part in written:
        if isinstance(part, str):
            out.append(re.sub(r"[\\`$]", r"\\\g<0>", part))
        elif part in stops:
            out.append(f"${stops[part]}")
        else:
            assert not part.choices, "no technique has any so far, and each of the two writes them in its own way"
            stops[part] = len(stops) + 1
            default = re.sub(r"[\\`$}]", r"\\\g<0>", part.default)
            out.append(f"${{{stops[part]}:{default}}}")
    return "".join(out).rstrip("\n") + "$0"


def _package() -> str:
    """What tells LuaSnip and other readers of friendly-snippets which file is for which language."""
    contributes = {"snippets": [{"language": ["markdown"], "path": "./markdown.json"}]}
    return json.dumps({"name": "thoughtsmith-snippets", "contributes": contributes}, indent=2) + "\n"


def files() -> dict[str, str]:
    """All of them, by their paths below `client-config/snippets/`."""
    return {
        "vscode/thoughtsmith.code-snippets": as_json(scope=SCOPE),
        "luasnip/package.json": _package(),
        "luasnip/markdown.json": as_json(),
        "ultisnips/markdown.snippets": as_ultisnips(),
        **{f"yasnippet/markdown-mode/{name}": text for name, text in as_yasnippet().items()},
    }
