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
    fix_all: str
    no_place: str
    no_task: str
    """Nothing is selected that could be the task of a block."""
    migrations: dict[str, str]
    """By the id of the migration."""
    describe_skill: str
    """Stands in for a description that is missing."""
    task_title: str
    describe_task: str
    # Variables and the keys of the front matter
    variable_kinds: dict[str, str]
    """By how the variable is defined; `builtin` and `undefined` besides."""
    value_types: dict[str, str]
    """By the type as JSON Schema calls it."""
    facts: dict[str, str]
    """What a hover says in a line of its own; `{value}`."""
    rename_refused: dict[str, str]
    """Why a variable cannot be renamed; `{name}`."""
    # Command line
    unknown_id: str
    """`{id}`, `{nearest}`."""
    nearest: str
    takes_no_number: str
    """`{id}`, `{number}`."""
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
    fix_safe: str
    fix_unsafe: str
    check_summary: str
    """`{files}`, `{found}`."""
    check_fixed: str
    """`{count}`."""
    check_fixable: str
    """`{count}`."""
    watch_summary: str
    """`{time}`, `{files}`, `{found}`."""
    watch_failed: str
    """`{error}`."""
    watch_missing: str
    scanning: str
    checking: str
    config_problems: dict[str, str]
    """Why a value in the settings or a config file does not fit."""
    config_bad: str
    """`{path}`: the last settings that were fine go on to hold."""
    file_exists: str
    """`{path}`."""
    config_written: str
    """`{path}`."""
    config_template: str
    """How a new config file begins, as a comment."""
    failed: str
    """`{what}`, `{error}`."""
    not_written: str
    """`{path}`, `{reason}`."""
    baseline_bad: str
    """`{path}`."""
    baseline_written: str
    """`{path}`, `{count}`."""
    baseline_stale: str
    """`{path}`, `{count}`."""
    setup: dict[str, str]
    """What `setup` says; `{path}`, `{title}`, `{command}` and what else each takes."""
    setup_refused: dict[str, str]
    """Why it does not touch a file, and what to do; `{path}` and what else each takes."""
    setup_states: dict[str, str]
    """Whether an editor is configured."""
    rules_title: str
    """Of the file with the pages of all rules."""
    rule_off: str
    """`{rule}`, `{file}`."""
    rule_off_here: str
    """`{rule}`, `{file}`."""
    rule_stays: str
    """`{rule}`, `{path}`: no edit of that config file is certain to be right."""
    more_findings: str
    """`{count}`: the findings of a document that an editor is not told of."""
    ignore_here: str
    """`{rule}`."""
    ignore_in_file: str
    """`{rule}`."""
