"""Code actions that move a prompt to the format that takes the place of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.action import MIGRATE_KIND, Offer
from thoughtsmith.ide.migrations import chatmode_to_agent, prompt_to_skill, prompty_to_v2
from thoughtsmith.messages import messages

if TYPE_CHECKING:
    from thoughtsmith.ide.action import Change
    from thoughtsmith.ide.migrations.migration import Migration
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.span import Span

KIND = MIGRATE_KIND
_ALL = (chatmode_to_agent.MIGRATION, prompty_to_v2.MIGRATION, prompt_to_skill.MIGRATION)
MIGRATIONS: dict[str, Migration] = {migration.id: migration for migration in _ALL}


def offers(snapshot: Snapshot, selection: Span) -> list[Offer]:
    """Those that fit the file. One that is not urgent is offered at its head only, not on every line."""
    front_matter = snapshot.tree.front_matter
    at_head = selection.start < front_matter.end if front_matter is not None else selection == (0, 0)
    titles = messages(snapshot.locale).migrations
    return [
        Offer(
            "migrate", migration.id, titles[migration.id], KIND, selection.start, selection.end, needs=migration.needs
        )
        for migration in MIGRATIONS.values()
        if (migration.legacy or at_head) and migration.applies(snapshot)
    ]


def edits(snapshot: Snapshot, offer: Offer) -> list[Change]:
    return MIGRATIONS[offer.id].changes(snapshot)
