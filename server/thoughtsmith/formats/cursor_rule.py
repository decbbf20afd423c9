"""Rules of the Cursor editor: `*.mdc`."""

from __future__ import annotations

from thoughtsmith.formats.markdown import markdown_format

FORMAT = markdown_format("cursor-rule", "Cursor rule (.mdc)", ("*.mdc",), ("mdc",))
