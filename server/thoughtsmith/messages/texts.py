"""The messages that there are; `{…}` stands for a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Messages:
    # Pages and hovers
    cost: str
    cost_single: str
    """`{times}`: how many times the tokens of one reasoned answer."""
    cost_api: str
    evidence: str
    caveats: str
    parameters: str
    related: str
    instead: str
    rating: str
    rating_line: str
    """`{group}`, `{direct}`, `{conceptual}`, `{adaptation}`."""
    levels: dict[str, str]
    forms: dict[str, str]
    """How a figure was measured, by form."""
    use_when: str
    avoid_when: str
    single_prompt: str
    run_time: str
    knowledge: str
    """What is said of a term that is explained and never inserted."""
    reasoning_model: str
    """`{model}`: the declared model reasons by itself."""
    # Completion and code actions
    preview: str
    already_here: str
    recipe: str
    insert: str
    """`{name}`."""
    insert_recipe: str
    wrap: str
    more: str
    task_title: str
    describe_task: str
    # Command line
    unknown_id: str
    """`{id}`, `{nearest}`."""
    nearest: str
    columns: dict[str, str]
    reasons: dict[str, str]
    """When a model reasons by itself, by the value in the model table."""
