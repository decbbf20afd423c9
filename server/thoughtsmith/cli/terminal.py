"""Showing things on a terminal: Markdown pages and tables, in colour where there is a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

MAX_WIDTH = 100
"""Columns. Longer lines of prose are hard to read."""


def console() -> Console:
    from rich.console import Console

    found = Console(highlight=False)
    if found.width > MAX_WIDTH:
        found.width = MAX_WIDTH
    return found


def show_markdown(text: str) -> None:
    from rich.markdown import Markdown

    console().print(Markdown(text))


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table; the first column is never broken, since it is what people copy."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for index, column in enumerate(columns):
        table.add_column(column, no_wrap=index == 0, style="bold" if index == 0 else None)
    for row in rows:
        table.add_row(*row)
    console().print(table)
