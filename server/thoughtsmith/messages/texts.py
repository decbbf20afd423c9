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
    # What is said of a block in the prompt
    here: str
    here_forms: dict[str, str]
    """How the block speaks of the technique: `instruction`, `mention` or `opposite`."""
    unsure: str
    part_present: str
    part_missing: str
    missing_parts: str
    """`{parts}`."""
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
    only_named: str
    """Marks a technique that the prompt names, teaches or quotes."""
    ruled_out: str
    """Marks a technique that the prompt asks not to use."""
    lacks: str
    """`{parts}`."""
    summary: str
    """`{files}`, `{found}`, `{asked}`, `{named}`, `{ruled_out}`."""
    skipped_files: str
    """`{count}`."""
    skipped: dict[str, str]
    """Why a file or folder was left out, by the reason; `{path}` and mostly `{detail}`."""
    no_prompts_here: str
    scanning: str
