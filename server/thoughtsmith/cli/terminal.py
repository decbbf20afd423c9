"""Showing things on a terminal: Markdown pages and tables, in colour where there is a terminal, and progress."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console
    from rich.progress import Progress

Item = TypeVar("Item")

MAX_WIDTH = 100
"""Columns. Longer lines of prose are hard to read."""
PATIENCE = 1.0
"""Seconds that pass before a progress bar is worth showing."""


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
    """A table; its first column is never broken, since that is what people copy."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for index, column in enumerate(columns):
        table.add_column(column, no_wrap=index == 0, style="bold" if index == 0 else None)
    for row in rows:
        table.add_row(*row)
    console().print(table)


def one_line(text: str) -> str:
    """Text of a file as it can be shown in one line: what would move the cursor or change colours is a space."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else " " for character in text)


def error_bar() -> Console | None:
    """Where a progress bar may go while findings are gathered: standard error, if it is a terminal."""
    if not sys.stderr.isatty():
        return None
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def tell(text: str, bar: Console | None) -> None:
    """Say something on standard error, above the progress bar if there is one, which would be torn otherwise."""
    if bar is None:
        click.echo(f"thoughtsmith: {text}", err=True)
    else:
        bar.print(f"thoughtsmith: {text}", markup=False, soft_wrap=True)


def with_progress(items: Iterable[Item], total: int, title: str, shown_on: Console | None) -> Iterator[Item]:
    """The items one by one, with a bar on a terminal that appears when it takes long and leaves nothing behind."""
    started = time.monotonic()
    bar: Progress | None = None
    try:
        for done, item in enumerate(items):
            if bar is not None:
                bar.update(bar.task_ids[0], completed=done)
            elif shown_on is not None and time.monotonic() - started > PATIENCE:
                bar = _started_bar(title, done, total, shown_on)
            yield item
    finally:
        if bar is not None:
            bar.stop()


def _started_bar(title: str, done: int, total: int, shown_on: Console) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=shown_on,
        transient=True,
        redirect_stdout=False,  # What goes to a pipe must not end up beside the bar.
        redirect_stderr=False,
    )
    bar.add_task(title, total=total, completed=done)
    bar.start()
    return bar
