"""How findings are printed: one file per format, each with `render(report) -> str`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thoughtsmith.cli.renderers.report import Report

FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit")


def render(report: Report, output_format: str) -> str:
    """The findings in one of `FORMATS`, with a line end at the end unless empty."""
    module = import_module(f"thoughtsmith.cli.renderers.{output_format}_format")
    text: str = module.render(report)
    return text
