"""JSON Lines: one finding a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from thoughtsmith.cli.renderers.json_format import findings

if TYPE_CHECKING:
    from thoughtsmith.cli.renderers.report import Report


def render(report: Report) -> str:
    return "".join(
        # Two of the characters that end a line for some readers are not escaped by the library.
        json.dumps(finding, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"
        for file in report.files
        for finding in findings(file)
    )
