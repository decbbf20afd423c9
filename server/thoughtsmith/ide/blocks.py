"""What completion, code actions and the command line share: rendering a technique or recipe for a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.analysis.language import language_at
from thoughtsmith.formats.placement import Style
from thoughtsmith.syntax.tree import Kind
from thoughtsmith.techniques import params
from thoughtsmith.techniques.catalogue import render
from thoughtsmith.techniques.models import reasons_by_itself
from thoughtsmith.techniques.naming import BlockFacts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.syntax.block import Block
    from thoughtsmith.syntax.tree import Placed
    from thoughtsmith.techniques.model import Language, Recipe, Technique


def language_for(snapshot: Snapshot, offset: int) -> Language:
    """The language in which text is inserted at `offset`: the setting, else that of the prompt around it."""
    chosen = snapshot.settings.language
    if chosen == "auto":
        chosen = language_at(snapshot.tree, offset, snapshot.locale)
    return "ru" if chosen == "ru" else "en"


def style_of(snapshot: Snapshot) -> Style | None:
    """The style that the settings ask for; `None` to follow the prompt."""
    return None if snapshot.settings.style == "auto" else Style(snapshot.settings.style)


def block_for(
    snapshot: Snapshot,
    entry: Technique | Recipe,
    language: Language,
    *,
    given: Mapping[str, str | int] | None = None,
    task_above: bool = False,
) -> Block:
    """The block of `entry` with the user's parameters. Raises `params.ParamError`."""
    values = params.resolve(entry, given or {}, snapshot.settings.n)
    fills = {name: str(value) for name, value in (given or {}).items() if name not in values}
    return render(entry, language, values, task_above=task_above, fills=fills)


def facts_of(snapshot: Snapshot) -> BlockFacts:
    """What the whole prompt says about techniques: the sum over its blocks, each looked at once while unchanged."""
    names = snapshot.content.names
    tree = snapshot.tree
    present: set[str] = set()
    suits: dict[str, int] = {}
    for placed in tree:
        kind = placed.node.kind
        if kind in (Kind.FRONT_MATTER, Kind.COMMENT, Kind.RULE, Kind.TAG):
            continue
        if kind is Kind.FENCE and (tree.prompt_fence is None or tree.prompt_fence.start != placed.start):
            continue
        for text in _pieces(snapshot, placed):
            facts = names.facts(text)
            present |= facts.present
            for technique, count in facts.suits:
                suits[technique] = suits.get(technique, 0) + count
    return BlockFacts(frozenset(present), tuple(sorted(suits.items())))


def _pieces(snapshot: Snapshot, placed: Placed) -> Iterator[str]:
    """The text of a node in the pieces that an edit changes one at a time: lists item by item."""
    if placed.node.kind is not Kind.LIST:
        yield snapshot.tree.text_of(placed)
        return
    for item in placed.node.children:
        yield snapshot.lines.text[placed.start + item.span.start : placed.start + item.span.end]


def ranked(snapshot: Snapshot) -> list[Technique]:
    """All techniques, the most useful here first: those the prompt lacks, by how many of its words speak for them."""
    facts = facts_of(snapshot)
    suits = dict(facts.suits)
    catalogue = snapshot.content.catalogue
    reasons = reasons_by_itself(catalogue, snapshot.settings.model)

    def rank(technique: Technique) -> tuple[bool, bool, int, int]:
        redundant = reasons and technique.on_reasoning_models is not None
        return technique.id in facts.present, redundant, -suits.get(technique.id, 0), technique.phase

    return sorted(catalogue.techniques.values(), key=rank)
