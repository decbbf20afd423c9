"""One prompt out of several techniques."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.formats import markdown
from thoughtsmith.formats.place import Style
from thoughtsmith.formats.placement import place_at_end
from thoughtsmith.formats.writing import to_plain
from thoughtsmith.messages import messages
from thoughtsmith.techniques.catalogue import render
from thoughtsmith.techniques.model import Technique
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thoughtsmith.techniques.model import Language, Recipe, Value


def compose(
    parts: Sequence[tuple[Technique | Recipe, Mapping[str, Value]]],
    language: Language,
    *,
    task: str = "",
    style: Style | None = None,
    fills: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """The text of a prompt: the task, then each technique with its parameters, in the order in which they work.

    Without a task there is a visible placeholder for it, unless a recipe brings its own. The default style is one
    numbered list for techniques, and plain for a recipe, which is a list itself.
    """
    say = messages(language)
    if style is None:
        style = Style.LIST if all(isinstance(entry, Technique) for entry, _ in parts) else Style.PLAIN
    task = task.strip()
    if not task and all(isinstance(entry, Technique) for entry, _ in parts):
        task = f"[{say.describe_task}]"
    text = task
    if task and style is Style.HEADING:
        text = f"# {say.task_title}\n\n{text}"
    elif task and style is Style.XML:
        text = f"<task>\n{text}\n</task>"
    text += "\n" if task else ""
    ordered = sorted(parts, key=lambda part: part[0].phase if isinstance(part[0], Technique) else 0)
    for number, (technique, values) in enumerate(ordered, 1):
        block = render(technique, language, values, task_above=bool(task), fills=(fills or {}).get(technique.id))
        tree = markdown.FORMAT.parse(Lines.of(text))
        place = place_at_end(tree, style, number)
        text = apply_edits(text, [Edit(place.at, to_plain(markdown.FORMAT.write(block, place)))])
    return text
