"""Completion of techniques: a word such as `bon`, `/cot` or «пошагово» becomes a block that fits the file."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thoughtsmith.formats.markdown_scanner import list_marker
from thoughtsmith.ide.blocks import block_for, language_for, ranked, style_of
from thoughtsmith.messages import messages
from thoughtsmith.techniques.explain import short_page
from thoughtsmith.techniques.model import Technique
from thoughtsmith.techniques.phrases import fold
from thoughtsmith.techniques.template import TemplateError
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.formats.writing import Written
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.techniques.model import Recipe
    from thoughtsmith.text.edits import Edit

MAX_WORDS = 6
"""How many words before the cursor may together be the name of a technique."""
MAX_TYPED = 120
"""Characters before the cursor that are looked at."""
SHORT_ID = 4
"""Letters of an id that is no word of either language, and so may be meant in the middle of a sentence."""
PREVIEW_WIDTH = 38
"""Columns: what VS Code shows beside the list before it is made wider, and what code marks keep it from breaking."""
_SLASH = re.compile(r"(?<!\S)/([\w-]*)$")
_WORD_START = re.compile(r"(?<![\w-])[\w]")


@dataclass(frozen=True, slots=True)
class Completion:
    """One offer. Accepting it replaces `at` by `written` and applies `edits` besides."""

    id: str
    label: str
    remark: str
    """That the technique stands here already, or that it is a recipe; mostly empty."""
    summary: str
    """What it does."""
    filter_text: str
    """Begins with what the user typed, as the user typed it, so that no client filters the item away."""
    rank: int
    at: Span
    written: Written
    edits: tuple[Edit, ...]
    line_indent: str

    @property
    def detail(self) -> str:
        """The remark and the summary."""
        return f"{self.remark}: {self.summary}" if self.remark else self.summary


def complete(snapshot: Snapshot, offset: int) -> list[Completion]:
    """What can be inserted at `offset`, the most useful first. Empty where no block may stand."""
    typed = _typed(snapshot, offset)
    if typed is None:
        return []
    at, query = typed
    place = snapshot.format.place(snapshot.tree, at, style_of(snapshot))
    if place is None:
        return []
    prefix = snapshot.lines.at(at)
    language = language_for(snapshot, offset)
    offers: list[Completion] = []
    words = snapshot.content.words
    say = messages(snapshot.locale)
    for rank, entry in enumerate(_entries(snapshot)):
        word = _matching_word(words[entry.id], query)
        if word is None:
            continue
        if isinstance(entry, Technique):
            remark = say.already_here if entry.id in snapshot.present else ""
        else:
            remark = say.recipe
        try:
            block = block_for(snapshot, entry, language)
        except TemplateError:
            # A pack is checked with the defaults when it is loaded; the user's own `n` may still be too much for it.
            continue
        exact = bool(query) and fold(entry.id) == query
        offers.append(
            Completion(
                id=entry.id,
                label=entry.name.of(snapshot.locale),
                remark=remark,
                summary=entry.summary.of(snapshot.locale),
                filter_text=prefix + (word[len(query) :] if query else entry.id),
                rank=rank - 1000 * exact,
                at=at,
                written=snapshot.format.write(block, place),
                edits=place.renumber,
                line_indent=place.line_indent,
            )
        )
    return sorted(offers, key=lambda offer: offer.rank)


def documentation(snapshot: Snapshot, id: str, preview: str) -> str:
    """What is shown beside the list for one item: the block as it will stand there, and the explanation."""
    say = messages(snapshot.locale)
    preview = "\n".join(_wrapped(line) for line in preview.strip().splitlines())
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", preview)), default=0))
    page = short_page(snapshot.content.catalogue, id, snapshot.locale, model=snapshot.model.id)
    return f"**{say.preview}**\n\n{fence}markdown\n{preview}\n{fence}\n\n{page}"


def _wrapped(line: str) -> str:
    """A line broken for the narrow window beside the list; what is in code marks is not broken by the editor."""
    marker = list_marker(line)
    indent = " " * (marker.end if marker is not None else len(line) - len(line.lstrip()))
    return textwrap.fill(line, PREVIEW_WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _entries(snapshot: Snapshot) -> Iterator[Technique | Recipe]:
    yield from ranked(snapshot)
    yield from snapshot.content.catalogue.recipes.values()


def _matching_word(words: tuple[str, ...], query: str) -> str | None:
    """The first of the folded words and phrases that begins with `query`."""
    return next((word for word in words if word.startswith(query)), None)


def _typed(snapshot: Snapshot, offset: int) -> tuple[Span, str] | None:
    """What the user has typed towards a technique, and the same folded for comparison.

    `None` if a block cannot begin here. In the middle of a line only `/`, a short id such as `bon` or a complete name
    of several words counts: offering blocks at every ordinary word of a sentence would be noise.
    """
    lines = snapshot.lines
    offset = lines.clamp(offset)
    start = lines.start_of(lines.line_at(offset))
    before = lines.text[start:offset]
    if match := _SLASH.search(before[-MAX_TYPED:]):
        return Span(offset - len(match[0]), offset), fold(match[1])
    if not before or before[-1].isspace():
        return Span(offset, offset), ""
    marker = list_marker(before)
    block_start = marker.end if marker is not None else len(before) - len(before.lstrip())
    window = max(block_start, len(before) - MAX_TYPED)
    vocabulary = snapshot.content.words
    for word in list(_WORD_START.finditer(before, window))[-MAX_WORDS:]:
        query = fold(before[word.start() :])
        if not before[block_start : word.start()].strip():
            fits = any(_matching_word(words, query) for words in vocabulary.values())
        else:
            fits = before[word.start() - 1].isspace() and (
                (query in vocabulary and len(query) <= SHORT_ID)
                or (" " in query and any(query in words for words in vocabulary.values()))
            )
        if fits:
            return Span(start + word.start(), offset), query
    return None
