"""Prompty v1 → v2: the keys that were renamed, and those that moved.

`model.api` → `apiType`, `configuration` → `connection` with its `type` as `model.provider`, `parameters` → `options`
with other names inside, `type` and `sample` of an input → `kind` and `default`. A `sample` of the whole prompt becomes
its `inputs` where there are none: a plain value there is a default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.ide.migrations.migration import Migration, written
from thoughtsmith.syntax.data import Mapping, Scalar
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.ide.action import Change
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.syntax.data import Entry, Value

_IN_MODEL = {"api": "apiType", "configuration": "connection", "parameters": "options"}
_IN_OPTIONS = {
    "max_tokens": "maxOutputTokens",
    "stop": "stopSequences",
    "top_p": "topP",
    "top_k": "topK",
    "frequency_penalty": "frequencyPenalty",
    "presence_penalty": "presencePenalty",
}
_IN_INPUT = {"type": "kind", "sample": "default"}
_PROVIDERS = {"azure_openai": "foundry", "azure_serverless": "foundry"}
_API_TYPES = {"completion": "chat"}


def _applies(snapshot: Snapshot) -> bool:
    return snapshot.format.id == "prompty" and bool(_edits(snapshot))


def _changes(snapshot: Snapshot) -> list[Change]:
    return [written(edit) for edit in _edits(snapshot)]


def _edits(snapshot: Snapshot) -> list[Edit]:
    data = snapshot.data
    if data is None or data.problems:
        return []  # Of data that cannot be read for certain nothing is moved around.
    return sorted([*_model(snapshot, data.root), *_inputs(data.root)], key=lambda edit: edit.span)


def _model(snapshot: Snapshot, root: Mapping) -> Iterator[Edit]:
    model = root.at("model")
    yield from _renamed(model, _IN_MODEL)
    if not isinstance(model, Mapping):
        return
    api = model.get("api")
    if api is not None and isinstance(api.value, Scalar) and api.value.value in _API_TYPES:
        yield Edit(api.value.span, _API_TYPES[str(api.value.value)])
    yield from _renamed(model.at("parameters"), _IN_OPTIONS)
    configuration = model.get("configuration")
    if configuration is None or not isinstance(configuration.value, Mapping) or model.get("connection") is not None:
        return
    kind = configuration.value.get("type")
    if kind is None or configuration.value.get("kind") is not None or not isinstance(kind.value, Scalar):
        return
    value = kind.value
    if value.value and value.style in ("", "'", '"'):
        yield Edit(kind.span, "kind: key")
        if model.get("provider") is None:
            at = configuration.key_span.start
            # As written: what needs quotation marks has them.
            provider = _PROVIDERS.get(str(value.value)) or snapshot.lines.at(value.span)
            yield Edit(Span(at, at), f"provider: {provider}{_next_line(snapshot, configuration, flow=model.flow)}")


def _next_line(snapshot: Snapshot, entry: Entry, *, flow: bool) -> str:
    """What stands between two entries written where `entry` is."""
    if flow:
        return ", "
    lines = snapshot.lines
    start = lines.start_of(lines.line_at(entry.key_span.start))
    return lines.newline + lines.text[start : entry.key_span.start]


def _inputs(root: Mapping) -> Iterator[Edit]:
    inputs = root.at("inputs")
    if inputs is None and isinstance(root.at("sample"), Mapping):
        yield from _renamed(root, {"sample": "inputs"})
    if isinstance(inputs, Mapping):
        for entry in inputs.entries:
            yield from _renamed(entry.value, _IN_INPUT)


def _renamed(value: Value | None, names: dict[str, str]) -> Iterator[Edit]:
    """New keys for those of a mapping that have one, unless the new one is there already."""
    if isinstance(value, Mapping):
        for entry in value.entries:
            if entry.key in names and value.get(names[entry.key]) is None:
                yield Edit(entry.key_span, names[entry.key])


MIGRATION = Migration("prompty-to-v2", legacy=True, needs="", applies=_applies, changes=_changes)
