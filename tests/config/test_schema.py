"""What is made from the options: the JSON Schema that is shipped, and the config file to begin with.

`THOUGHTSMITH_UPDATE=1 pytest tests/config/test_schema.py` writes the schema anew.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest

from thoughtsmith.config.file import parse
from thoughtsmith.config.options import OPTIONS
from thoughtsmith.config.schema import config_schema
from thoughtsmith.config.template import config_template
from thoughtsmith.rules.selection import unknown

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = Path(__file__).parent.parent.parent / "server" / "docs" / "config.schema.json"


def test_the_shipped_schema_is_up_to_date() -> None:
    expected = json.dumps(config_schema(), ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("THOUGHTSMITH_UPDATE"):
        FILE.write_text(expected, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        'n = 5\nselect = ["TH5"]\nseverity = {TH502 = "hint"}\nper-file-ignores = {"a" = ["data"]}\n',
        "n = 11\n",
        "n = true\n",
        "nn = 5\n",
        'style = "wide"\n',
        'select = "TH5"\n',
        'severity = {TH502 = "bad"}\n',
        "severity = []\n",
        'per-file-ignores = {"a" = "data"}\n',
        'formats = {"*.txt" = "jinja"}\nskill-profiles = ["spec"]\n',
        'formats = {"*.txt" = "jinja3"}\n',
        'skill-profiles = ["cursor"]\n',
        "model = 1\n",
        "exclude = [1]\n",
    ],
)
def test_schema_and_reader_agree(text: str) -> None:
    parsed = parse(text, "/w/thoughtsmith.toml", unknown)
    assert parsed is not None
    validate: Any = fastjsonschema.compile(config_schema())
    try:
        validate(tomllib.loads(text))
    except fastjsonschema.JsonSchemaValueException:
        assert parsed.problems
    else:
        assert not parsed.problems


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_template_sets_nothing_and_shows_a_right_value_for_everything(language: str) -> None:
    text = config_template(language)
    assert all(line.startswith("#") or not line for line in text.split("\n"))
    assert max(map(len, text.split("\n"))) <= 102
    shown = "\n".join(re.findall(r"^# (\[.*\]|\"?[a-z-]+\"? = .*|\".*\" = .*)$", text, re.MULTILINE))
    parsed = parse(shown, "/w/thoughtsmith.toml", unknown)
    assert parsed is not None
    assert parsed.problems == ()
    assert parsed.values.keys() == {option.name for option in OPTIONS}
