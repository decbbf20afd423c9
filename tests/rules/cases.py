"""Literate cases of rules.

Each `*.md` in this folder is named like its rule and holds cases: a heading, a fence whose info is the path of a prompt
file, then what is expected of it in further fences, in any order:

- `findings`: one a line, `LINE:COLUMN-LINE:COLUMN RULE message`, all that are found by all rules; left out for none;
- `fixed`: the text after everything that is safe to fix was fixed;
- `fix NUMBER.NUMBER`: the text after that fix of that finding, both counted from 1, and nothing else.

A fence `file PATH` before it holds another file of the workspace, whose folder is `work`; a prompt that does not lie
there has no workspace.

A path may be followed by settings, `model=o3` or `select=open-task`. `\\t` and `\\r` in the info word `escaped` stand
for those characters.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent
_PIECE = re.compile(
    r"^(?:#{1,6} (?P<title>.+)|(?P<fence>`{3,})(?P<info>.*)\n(?P<content>(?:.*\n)*?)(?P=fence)$)", re.MULTILINE
)


class Case(NamedTuple):
    rule: str
    title: str
    path: str
    settings: dict[str, str | list[str]]
    text: str
    expected: dict[str, str]
    files: dict[str, str]
    """The other files of the workspace."""


def cases() -> Iterator[Case]:
    """All cases of all rules."""
    for file in sorted(FOLDER.glob("*.md")):
        title = ""
        case: Case | None = None
        files: dict[str, str] = {}
        for match in _PIECE.finditer(file.read_text(encoding="utf-8")):
            if match["title"]:
                title = match["title"]
                continue
            info = match["info"].split()
            if info[0] in ("findings", "fixed", "fix"):
                assert case is not None, f"{file.name}: {title}: nothing to expect this of"
                key = " ".join(info)
                assert key not in case.expected, f"{file.name}: {title}: {key} twice"
                case.expected[key] = _unescaped(match["content"], escaped="escaped" in match["info"])
            elif info[0] == "file":
                files[info[1]] = match["content"]
            else:
                if case is not None:
                    yield case
                settings = dict(_setting(word) for word in info[1:] if "=" in word)
                text = _unescaped(match["content"], escaped="escaped" in info)
                case = Case(file.stem, title, info[0], settings, text, {}, files)
                files = {}
        if case is not None:
            yield case


def _setting(word: str) -> tuple[str, str | list[str]]:
    key, _, value = word.partition("=")
    return key, value.split(",") if key in ("select", "ignore", "skill-profiles") else value


def _unescaped(text: str, *, escaped: bool) -> str:
    return text.replace("\\t", "\t").replace("\\r", "\r") if escaped else text
