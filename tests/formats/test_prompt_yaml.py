"""Prompts in YAML by name: their variables, in whatever template language, and what declares them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.analysis.variables import rename, variables
from thoughtsmith.formats import prompt_yaml
from thoughtsmith.formats.embedded import DataTree
from thoughtsmith.text.edits import apply_edits
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from thoughtsmith.syntax.template import Template

FIXTURE = Path(__file__).parent / "fixtures" / "prompt_yaml" / "summary.prompt.yml"


def template(text: str) -> Template:
    return prompt_yaml.FORMAT.template(prompt_yaml.FORMAT.parse(Lines.of(text)))


def test_test_data_declares_the_variables_of_messages() -> None:
    text = FIXTURE.read_text(encoding="utf-8")
    found = template(text)
    assert found.declares
    known = variables(found)
    assert (list(known.undefined), list(known.unused)) == ([], [])
    (report,) = (variable for variable in known.all if variable.name == "report")
    after = apply_edits(text, rename(report, "paper"))
    assert after == text.replace("{{report}}", "{{paper}}").replace("- report:", "- paper:")


@pytest.mark.parametrize(
    ("text", "names", "undefined"),
    [
        ("_type: prompt\ninput_variables: [a]\ntemplate: Say {a} and {b}\n", ["a", "b"], ["b"]),
        ("_type: prompt\ntemplate: Say {b} twice\n", ["b"], []),
        ("template_format: jinja2\ntemplate: Say {% if a %}{{ b }}{% endif %} {c}\n", ["a", "b"], []),
        ("template_format: handlebars\ntemplate: 'Say {{#each a}}{{b}}{{/each}}'\n", ["a", "b"], []),
        (
            (
                "template_format: semantic-kernel\ntemplate: 'Say {{$a}} {{time.now}} {{plug.in $b}}'\n"
                "input_variables:\n  - name: a\n    description: A letter\n"
            ),
            ["a", "b"],
            [],
        ),
        ("messages:\n  - role: user\n    content: Say {{a}} and {b}\n", ["a"], []),
        ("messages:\n  - role: user\n    content: Say {{a}}\ntestData: file.csv\n", ["a"], []),
        ("messages:\n  - role: user\n    content: Say {{a}}\ntestData:\n  - b: 1\n", ["a", "b"], ["a"]),
        ("messages:\n  - role: user\n    content: Say {{a}}\ntestData:\n  - *x\n  - b: 1\n", ["a", "b"], []),
    ],
)
def test_the_file_says_which_language_its_template_is_in(text: str, names: list[str], undefined: list[str]) -> None:
    found = template(text)
    known = variables(found)
    assert sorted({variable.name for variable in known.all}) == names
    assert ([use.name for use in known.undefined] if found.declares else []) == undefined


@pytest.mark.parametrize(
    ("text", "prompts"),
    [
        ("system_prompt: |\n  A\nuserPrompt: Say it\nname: Not this\n", ["system_prompt", "userPrompt"]),
        ("template: chat.j2\nprompt: summary\n", []),
        ("examples:\n  - content: not a message\n    text: nor this\n", []),
        ("messages:\n- role: user\n  content:\n  - type: text\n    text: Say it\n", ["user"]),
        ("evaluators:\n  - llm:\n      prompt: Grade it now\n", ["prompt"]),
        ('{"messages": [{"role": "system", "content": "Say it"}]}', ["system"]),
        ("prompt: {a: b}\ninstructions:\n  - Say it\n", []),
    ],
)
def test_only_texts_under_telling_keys_are_prompts(text: str, prompts: list[str]) -> None:
    tree = prompt_yaml.FOLDER.parse(Lines.of(text))
    assert isinstance(tree, DataTree)
    assert [prompt.name for prompt in tree.prompts] == prompts
