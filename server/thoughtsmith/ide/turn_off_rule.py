"""Code actions that turn a rule off in the config file: for this file, or everywhere.

The text of the config file is not known here. What is to be written there is said, and whoever has the file writes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.config.file import FILE_NAMES
from thoughtsmith.config.turn_off import pattern_of
from thoughtsmith.ide.action import QUICK_FIX_KIND, Offer, RuleOff
from thoughtsmith.messages import messages
from thoughtsmith.text import paths

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.text.span import Span

KIND = QUICK_FIX_KIND
AT_ONCE = 3
"""Rules of one selection that this is offered for."""
_FILE, _ALL = "file", "all"


def offers(snapshot: Snapshot, selection: Span) -> list[Offer]:
    """Both for each rule with a finding that the selection touches. Only a file on disk has a config file around it."""
    if not snapshot.uri.startswith("file:"):
        return []
    say = messages(snapshot.locale)
    touched: dict[str, int] = {}
    for index, finding in enumerate(snapshot.checked.findings):
        if finding.span.start <= selection.end and selection.start <= finding.span.end:
            touched.setdefault(finding.rule, index)
    path = _config(snapshot)
    return [
        Offer(
            producer="turn-off",
            id=f"{index}.{reach}",
            title=title.format(rule=snapshot.checked.findings[index].name, file=paths.name(path)),
            kind=KIND,
            start=selection.start,
            end=selection.end,
            finding=index,
            needs="" if snapshot.settings.config else "create",
        )
        for index in list(touched.values())[:AT_ONCE]
        for reach, title in ((_FILE, say.rule_off_here), (_ALL, say.rule_off))
    ]


def edits(snapshot: Snapshot, offer: Offer) -> list[RuleOff]:
    index, _, reach = offer.id.partition(".")
    path = _config(snapshot)
    relative = paths.relative(paths.normal(snapshot.path), paths.parent(path))
    pattern = pattern_of(relative) if reach == _FILE else ""
    return [RuleOff(path, snapshot.checked.findings[int(index)].rule, pattern)]


def _config(snapshot: Snapshot) -> str:
    """The nearest config file, or where one belongs: in the folder of the workspace, else beside the file."""
    if snapshot.settings.config:
        return snapshot.settings.config
    path = paths.normal(snapshot.path)
    return paths.joined(snapshot.around.root_of(path) or paths.parent(path), FILE_NAMES[0])
