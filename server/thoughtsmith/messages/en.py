"""English messages."""

from __future__ import annotations

from thoughtsmith.messages.texts import Messages

EN = Messages(
    cost="Cost",
    cost_single="{times} × the output of one reasoned answer",
    cost_api="Through the API",
    evidence="Evidence",
    caveats="Caveats",
    parameters="Parameters",
    related="Related",
    instead="Similar in a prompt",
    rating="Rating in the review",
    rating_line="{group}: direct use {direct}, conceptual value {conceptual}, potential for adaptation {adaptation}",
    levels={
        "low": "low",
        "low-users-high-developers": "low for users and high for developers",
        "medium": "medium",
        "high": "high",
        "very-high": "very high",
    },
    forms={
        "api": "measured with separate calls",
        "prompt": "measured in a single prompt",
        "training": "measured by training a model",
    },
    use_when="When to use it",
    avoid_when="When not to use it",
    single_prompt="In a single prompt",
    run_time="At run time",
    knowledge="It works outside the prompt, in training, decoding or a program around the model: "
    "a prompt cannot switch it on.",
    reasoning_model="`{model}` reasons by itself.",
    here="Here",
    here_forms={
        "instruction": "an instruction",
        "mention": "only mentioned",
        "opposite": "asks for the opposite",
    },
    unsure="not certain",
    part_present="present",
    part_missing="missing",
    missing_parts="missing: {parts}",
    preview="Preview",
    already_here="already in this prompt",
    recipe="recipe",
    insert="Insert {name}",
    insert_recipe="Insert recipe: {name}",
    wrap="Wrap with {name}",
    more="More techniques…",
    task_title="Task",
    describe_task="Describe the task",
    unknown_id="There is no {id!r} here.",
    nearest="Did you mean {nearest}?",
    columns={"id": "id", "name": "name", "summary": "summary", "files": "files", "reasons": "reasons"},
    reasons={"always": "always", "default": "by default", "on-request": "on request", "never": "never"},
    only_named="only named",
    ruled_out="ruled out",
    lacks="lacks: {parts}",
    summary="Files read: {files}, with techniques: {found}. Techniques: {asked}, only named: {named}, "
    "ruled out: {ruled_out}.",
    skipped_files="Skipped: {count}.",
    skipped={
        "binary": "{path}: skipped, a binary file",
        "encoding": "{path}: skipped, not UTF-8 text (byte {detail}); convert it first",
        "size": "{path}: skipped, {detail} MB; name the file itself to have it read",
        "unreadable": "{path}: skipped: {detail}",
    },
    no_prompts_here="There are no prompt files here by name or place. Name files or folders to have every text read.",
    scanning="Reading prompts",
)
