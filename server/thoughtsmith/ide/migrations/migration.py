"""What a migration is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.ide.action import WrittenEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoughtsmith.ide.action import Change, FileOperation
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.edits import Edit


class Migration(NamedTuple):
    id: str
    """kebab-case, and the key of its title."""
    legacy: bool
    """Whether the old form is on its way out, so that the change is offered wherever the cursor stands."""
    needs: FileOperation
    applies: Callable[[Snapshot], bool]
    changes: Callable[[Snapshot], list[Change]]


def written(edit: Edit) -> WrittenEdit:
    return WrittenEdit(edit.span, (edit.text,))
