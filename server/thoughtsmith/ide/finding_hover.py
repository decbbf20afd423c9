"""Hover on a finding: what its rule is about, why it matters and what to do. The message itself is shown already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.tooltip import Tooltip
from thoughtsmith.rules.documentation import address_of, short_page
from thoughtsmith.rules.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.rules.finding import Finding

MAX_RULES = 2
"""More explanations than this are a page, not a hint."""
_RULES = {rule.id: rule for rule in RULES}


def finding_hover(snapshot: Snapshot, findings: Sequence[Finding], offset: int) -> Tooltip | None:
    """The explanations of the rules that found something at `offset`, the narrowest finding first."""
    touched = sorted((found for found in findings if offset in found.span), key=lambda found: len(found.span))
    rules = list(dict.fromkeys(found.rule for found in touched))[:MAX_RULES]
    if not rules:
        return None
    return Tooltip(touched[0].span, "\n\n---\n\n".join(_page(snapshot, rule) for rule in rules))


def _page(snapshot: Snapshot, id: str) -> str:
    rule = _RULES[id]
    page = short_page(rule, snapshot.locale)
    address = address_of(snapshot.settings.docs, rule.id, rule.name, snapshot.locale)
    return f"{page}\n\n<{address}>" if address else page
