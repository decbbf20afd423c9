"""Explanation pages in Markdown: the full one for `explain`, and a shorter one for hovers and completions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.messages import messages
from thoughtsmith.techniques import params as parameters
from thoughtsmith.techniques.models import reasons_by_itself

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoughtsmith.messages import Messages
    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.model import Evidence, Knowledge, Language, Param, Recipe, Technique


def page(catalogue: Catalogue, id: str, language: Language) -> str:
    """The full page of a technique, recipe or knowledge entry. Raises `KeyError` for an unknown id."""
    if id in catalogue.techniques:
        return _technique_page(catalogue, catalogue.techniques[id], language)
    if id in catalogue.recipes:
        return _recipe_page(catalogue, catalogue.recipes[id], language)
    return _knowledge_page(catalogue, catalogue.knowledge[id], language)


def short_page(catalogue: Catalogue, id: str, language: Language, *, model: str = "") -> str:
    """What a hover shows: what it is, when (not) to use it, what it costs, what is known, how to get the real thing."""
    if id not in catalogue.techniques:
        return page(catalogue, id, language)
    technique = catalogue.techniques[id]
    say = messages(language)
    bodies = [text.of(language) for _, text in technique.pages]
    lines = [f"### {technique.name.of(language)} · `{technique.id}`", technique.summary.of(language)]
    if note := model_note(catalogue, technique, language, model):
        lines.append(f"⚠ {note}")
    lines += [
        f"**{say.use_when}**\n\n{bodies[1]}",
        f"**{say.avoid_when}**\n\n{bodies[2]}",
        f"**{say.cost}:** {_cost_line(technique, language)}",
        f"**{say.single_prompt}:** {bodies[3]}",
    ]
    if technique.evidence:
        lines.append(f"**{say.evidence}**\n\n{_evidence(technique.evidence[:2], language)}")
    if technique.caveats:
        lines.append(f"**{say.caveats}**\n\n{_evidence(technique.caveats[:1], language)}")
    lines.append(f"**{say.run_time}:** {bodies[4]}{_runtime(technique)}")
    return "\n\n".join(lines)


def model_note(catalogue: Catalogue, technique: Technique, language: Language, model: str) -> str:
    """What to say of the technique if the declared model reasons by itself; empty if there is nothing to say."""
    if not technique.on_reasoning_models or not reasons_by_itself(catalogue, model):
        return ""
    return f"{messages(language).reasoning_model.format(model=model)} {technique.on_reasoning_models.of(language)}"


def _technique_page(catalogue: Catalogue, technique: Technique, language: Language) -> str:
    say = messages(language)
    lines = [f"# {technique.name.of(language)} · `{technique.id}`", technique.summary.of(language)]
    for title, text in technique.pages:
        body = text.of(language)
        if title is technique.pages[-1][0]:
            body += _runtime(technique)
        lines.append(f"## {title.of(language)}\n\n{body}")
    lines.append(
        f"## {say.cost}\n\n{_cost_line(technique, language)}\n\n{say.cost_api}: {technique.cost.api.of(language)}"
    )
    lines += _facts(technique, language)
    if technique.params:
        lines.append(f"## {say.parameters}\n\n{_params(technique.params, language)}")
    related = ", ".join(
        f"{catalogue.techniques[other].name.of(language)} (`{other}`)"
        for other in technique.related
        if other in catalogue.techniques
    )
    if related:
        lines.append(f"## {say.related}\n\n{related}")
    lines += _rating(catalogue, technique.group, language)
    return "\n\n".join(lines) + "\n"


def _recipe_page(catalogue: Catalogue, recipe: Recipe, language: Language) -> str:
    say = messages(language)
    parts = "\n".join(
        f"- {catalogue.techniques[id].name.of(language)} (`{id}`): {catalogue.techniques[id].summary.of(language)}"
        for id in recipe.techniques
        if id in catalogue.techniques
    )
    lines = [f"# {recipe.name.of(language)} · `{recipe.id}`", recipe.summary.of(language), parts]
    if recipe.params:
        lines.append(f"## {say.parameters}\n\n{_params(recipe.params, language)}")
    return "\n\n".join(lines) + "\n"


def _knowledge_page(catalogue: Catalogue, entry: Knowledge, language: Language) -> str:
    say = messages(language)
    lines = [f"### {entry.name.of(language)}", entry.summary.of(language)]
    if entry.group != "benchmarks":
        lines.append(f"*{say.knowledge}*")
    lines += [text.replace("## ", "**", 1).replace("\n\n", "**\n\n", 1) for text in _facts(entry, language)]
    instead = ", ".join(
        f"{catalogue.techniques[other].name.of(language)} (`{other}`)"
        for other in entry.instead
        if other in catalogue.techniques
    )
    if instead:
        lines.append(f"**{say.instead}:** {instead}")
    lines += [
        text.replace("## ", "**", 1).replace("\n\n", "**\n\n", 1) for text in _rating(catalogue, entry.group, language)
    ]
    return "\n\n".join(lines) + "\n"


def _facts(entry: Technique | Knowledge, language: Language) -> list[str]:
    say = messages(language)
    lines = []
    if entry.evidence:
        lines.append(f"## {say.evidence}\n\n{_evidence(entry.evidence, language)}")
    if entry.caveats:
        lines.append(f"## {say.caveats}\n\n{_evidence(entry.caveats, language)}")
    return lines


def _cost_line(technique: Technique, language: Language) -> str:
    say = messages(language)
    values = {param.name: param.default for param in technique.params}
    times = parameters.answers(technique.cost.answers, values)
    settings = ", ".join(f"{name} = {value}" for name, value in values.items())
    shown = f"≈ {say.cost_single.format(times=times)}" + (f" ({settings})" if settings else "")
    return f"{shown}. {technique.cost.prompt.of(language)}"


def _evidence(entries: Sequence[Evidence], language: Language) -> str:
    return "\n".join(f"- {entry.text.of(language)} ({_source(entry, messages(language))})" for entry in entries)


def _source(entry: Evidence, say: Messages) -> str:
    if entry.source.startswith("arXiv:"):
        link = f"[{entry.source}](https://arxiv.org/abs/{entry.source.removeprefix('arXiv:')})"
    else:
        host = entry.source.split("/")[2].removeprefix("www.")
        link = f"[{host}]({entry.source})"
    return f"{link}, {say.forms[entry.form]}" if entry.form else link


def _runtime(technique: Technique) -> str:
    return "".join(f"\n- {entry.tool}: `{entry.use}`" for entry in technique.runtime).replace("\n", "\n\n", 1)


def _params(params: tuple[Param, ...], language: Language) -> str:
    def takes(param: Param) -> str:
        return " | ".join(param.values) if param.values else f"{param.minimum}–{param.maximum}"

    return "\n".join(
        f"- `{param.name}` = {param.default} ({takes(param)}): {param.text.of(language)}" for param in params
    )


def _rating(catalogue: Catalogue, group: str, language: Language) -> list[str]:
    rating = catalogue.ratings.get(group)
    if rating is None:
        return []
    say = messages(language)
    line = say.rating_line.format(
        group=rating.group.of(language),
        direct=say.levels[rating.direct],
        conceptual=say.levels[rating.conceptual],
        adaptation=say.levels[rating.adaptation],
    )
    return [f"## {say.rating}\n\n{line}"]
