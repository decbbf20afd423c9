"""Code actions: the table of producers, which of them are asked, and how an action is worked out when it is chosen.

An action is offered as data (`Offer`); its edits are made by `edits_of` when the user picks it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from thoughtsmith.ide import (
    fix_all,
    insert_recipe,
    insert_technique,
    migrate,
    quick_fixes,
    suppress,
    turn_off_rule,
    wrap_technique,
)
from thoughtsmith.ide.action import FIX_ALL_KIND, MIGRATE_KIND, QUICK_FIX_KIND
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoughtsmith.ide.action import Change, Offer
    from thoughtsmith.project.document import Snapshot

BEST = 3
"""How many insertions are offered to someone who did not ask for refactorings."""


class _Producer(Protocol):
    KIND: str

    def offers(self, snapshot: Snapshot, selection: Span) -> list[Offer]: ...

    def edits(self, snapshot: Snapshot, offer: Offer) -> Sequence[Change]: ...


PRODUCERS: dict[str, _Producer] = {
    "fix": quick_fixes,
    "migrate": migrate,
    "turn-off": turn_off_rule,
    "ignore": suppress,
    "fix-all": fix_all,
    "wrap": wrap_technique,
    "insert": insert_technique,
    "recipe": insert_recipe,
}
"""In the order in which their actions are shown: what mends the file stands before what silences a rule."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the editor asks for."""

    selection: Span
    only: tuple[str, ...] = ()
    """The kinds asked for; empty for any."""
    automatic: bool = False
    """Whether the editor asks by itself, for its light bulb."""
    checked: bool = True
    """Whether the document is one that is checked; of another there is nothing to fix."""


class Offers(NamedTuple):
    offers: list[Offer]
    more: bool
    """Whether there are more than are shown, so that "More techniques…" makes sense."""


def code_actions(snapshot: Snapshot, request: Request, on_error: Callable[[str, Exception], None]) -> Offers:
    """The actions for a selection or cursor. A producer that fails costs its own actions; `on_error` hears of it.

    Fixes answer whenever there is something to fix. By itself an editor gets insertions only for a selection: a light
    bulb on every line would be noise.
    """
    named = any(_overlaps(kind, "refactor") for kind in request.only)
    if not named:
        request = replace(request, selection=_cursor_or_text(snapshot, request.selection))
    insertions = named or not (request.only or (request.automatic and not len(request.selection)))
    found: list[Offer] = []
    for name, producer in PRODUCERS.items():
        if not _wanted(producer.KIND, request, insertions=insertions):
            continue
        try:
            found += producer.offers(snapshot, request.selection)
        except Exception as error:
            on_error(f"code action {name}", error)
    found = [offer for offer in found if not request.only or any(_contains(k, offer.kind) for k in request.only)]
    if named:
        return Offers(found, more=False)
    fixes = [offer for offer in found if offer.kind in (QUICK_FIX_KIND, FIX_ALL_KIND, MIGRATE_KIND)]
    insert = found[len(fixes) :]
    return Offers(fixes + insert[:BEST], more=len(insert) > BEST)


def wants_fixes(request: Request) -> bool:
    """Whether fixes may be among the answers, for which the document must be checked."""
    kinds = (QUICK_FIX_KIND, FIX_ALL_KIND)
    return request.checked and (not request.only or any(_overlaps(kind, k) for kind in kinds for k in request.only))


def edits_of(snapshot: Snapshot, offer: Offer) -> Sequence[Change]:
    """The edits of an action that was offered for this version of the document."""
    return PRODUCERS[offer.producer].edits(snapshot, offer)


def _cursor_or_text(snapshot: Snapshot, selection: Span) -> Span:
    """The selection; a part of one word is the place of the cursor, since some editors send no empty ranges."""
    text = snapshot.lines.at(selection)
    return selection if len(text.split()) > 1 else Span(selection.start, selection.start)


def _overlaps(kind: str, other: str) -> bool:
    """Whether one of the kinds contains the other: `refactor` contains `refactor.rewrite`."""
    return _contains(kind, other) or _contains(other, kind)


def _contains(kind: str, other: str) -> bool:
    return not kind or other == kind or other.startswith(f"{kind}.")


def _wanted(kind: str, request: Request, *, insertions: bool) -> bool:
    if kind in (FIX_ALL_KIND, QUICK_FIX_KIND) and not wants_fixes(request):
        return False
    if kind == FIX_ALL_KIND:
        return any(_overlaps(kind, wanted) for wanted in request.only)  # For saving, not for the light bulb.
    if kind == QUICK_FIX_KIND:
        return not request.only or any(_overlaps(kind, wanted) for wanted in request.only)
    return insertions and (not request.only or any(_overlaps(kind, wanted) for wanted in request.only))
