"""A parameter that the declared model does not accept.

What it does
    Compares the parameters in the data of the file with those that the table of models knows to be an error.

Why is this bad
    The request fails, or a library drops the parameter in silence and the prompt runs otherwise than its author
    thinks.

Example
    `model: o3` and `temperature: 0.2` in one front matter.

When not to flag
    Unknown models, a model that comes from the settings and not from the file, and parameters without a value.

Fix
    None: some tools want the key and leave it out of the request themselves.

Evidence
    The profiles of pydantic-ai for OpenAI and Anthropic list the settings that these models refuse.
    In 22,000 public prompt files one parameter, rightly; few files name their model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Problem, Related, Severity
from thoughtsmith.rules.models import family
from thoughtsmith.rules.rule import Rule
from thoughtsmith.syntax.data import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Problem]:
    model, found = subject.model, family(subject)
    if model.span is None or found is None or not found.rejects:
        return
    for name, entry in model.parameters:
        if (
            name.rpartition(".")[2] in found.rejects
            and isinstance(entry.value, Scalar)
            and entry.value.value is not None
        ):
            related = (Related(model.span, findings(subject.locale)["rejected-parameter.related"]),)
            yield Problem(entry.key_span, (("parameter", entry.key), ("model", found.name)), related=related)


RULE = Rule("TH302", "rejected-parameter", "models", Severity.WARNING, _check)
"""The rule."""
