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
)
