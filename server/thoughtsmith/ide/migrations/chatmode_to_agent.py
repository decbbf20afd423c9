"""`.chatmode.md` → `.agent.md`: custom chat modes are called agents now; the contents are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.action import NewName
from thoughtsmith.ide.migrations.migration import Migration

if TYPE_CHECKING:
    from thoughtsmith.ide.action import Change
    from thoughtsmith.project.document import Snapshot

OLD, NEW = ".chatmode.md", ".agent.md"


def _applies(snapshot: Snapshot) -> bool:
    return snapshot.path.lower().endswith(OLD)


def _changes(snapshot: Snapshot) -> list[Change]:
    folder, _, name = snapshot.path.rpartition("/")
    renamed = name[: -len(OLD)] + NEW
    # Modes lie in `.github/chatmodes`, where nobody looks for agents.
    moved = folder.endswith(".github/chatmodes")
    return [NewName(f"../agents/{renamed}" if moved else renamed)]


MIGRATION = Migration("chatmode-to-agent", legacy=True, needs="rename", applies=_applies, changes=_changes)
