"""The snippet files are what the catalogue says today, and their tab stops are those of the server.

`THOUGHTSMITH_UPDATE=1 pytest tests/test_static_snippets.py` writes them anew. Real editors read them in
`tests/editors/test_static_snippets.py`.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.snippet_files import LANGUAGES, STYLES, files, snippets

from thoughtsmith.host.installation import load_catalogue

FOLDER = Path(__file__).parent.parent / "client-config" / "snippets"


def test_the_files_are_up_to_date() -> None:
    expected = files()
    there = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*") if path.is_file()}
    if os.environ.get("THOUGHTSMITH_UPDATE"):
        for name in there.keys() - expected.keys():
            there[name].unlink()
        for name, text in expected.items():
            (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
            (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
        return
    assert {name: path.read_text(encoding="utf-8") for name, path in there.items()} == expected


def test_every_technique_is_there_once_in_each_style_and_language() -> None:
    found = [snippet.prefix for snippet in snippets()]
    assert len(found) == len(set(found)) == len(load_catalogue().techniques) * len(STYLES) * len(LANGUAGES)
