"""Config files: what they say, and for every mistake its file, line and key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoughtsmith.config.file import Parsed, parse
from thoughtsmith.rules.selection import unknown

PATH = "/w/thoughtsmith.toml"
PYPROJECT = "/w/pyproject.toml"


def read(text: str, path: str = PATH) -> Parsed:
    parsed = parse(text, path, unknown)
    assert parsed is not None
    return parsed


def test_values_are_those_of_the_options() -> None:
    parsed = read(
        'n = 5\nmodel = "o3"\nselect = ["TH5", "data"]\nbaseline = "b.json"\nextend = "../x.toml"\n'
        '[severity]\nTH502 = "hint"\n[per-file-ignores]\n"drafts/" = ["all"]\n"*.j2" = []\n'
    )
    assert parsed.problems == ()
    assert parsed.values == {
        "n": 5,
        "model": "o3",
        "select": ("TH5", "data"),
        "baseline": "b.json",
        "extend": "../x.toml",
        "severity": (("TH502", "hint"),),
        "per-file-ignores": (("drafts/", ("all",)), ("*.j2", ())),
    }


def test_a_pyproject_speaks_of_us_in_its_own_table() -> None:
    assert read('[project]\nname = "x"\n[tool.thoughtsmith]\nn = 3\n', PYPROJECT).values == {"n": 3}
    assert parse('[project]\nname = "x"\n[tool.ruff]\nn = 3\n', PYPROJECT, unknown) is None
    assert parse("[project\n", PYPROJECT, unknown) is None, "what does not concern us is not ours to report"
    assert read("[tool.thoughtsmith\n", PYPROJECT).problems


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("n = 5\nignor = []\n", PATH, "2: ignor: there is no such key; did you mean ignore?"),
        ("\n\nzzz = 1\n", PATH, "3: zzz: there is no such key"),
        ("n = 11\n", PATH, "1: n: must be a whole number from 2 to 10"),
        ("style = 1\n", PATH, "1: style: must be one of auto, list, heading, xml, plain"),
        ('select = "TH5"\n', PATH, "1: select: must be a list of texts"),
        ("select = [1]\n", PATH, "1: select: must be a list of texts"),
        ('n = 5\nignore = [\n  "TH50l",\n]\n', PATH, "3: ignore: there is no rule 'TH50l'; thoughtsmith list rules"),
        ("severity = 1\n", PATH, "1: severity: must be a table"),
        ('[formats]\n"a.txt" = "poml"\n"*.txt" = "jinja3"\n', PATH, "3: formats: must be one of skill, prompt-md, "),
        ("[formats]\na = 1\n", PATH, "2: formats: must be one of skill, prompt-md, "),
        ('skill-profiles = ["spec", "cursor"]\n', PATH, "1: skill-profiles: must be a list of some of spec, claude, "),
        ('skill-profiles = "spec"\n', PATH, "1: skill-profiles: must be a list of texts"),
        ('[severity]\nTH501 = "hint"\nTH502 = "bad"\n', PATH, "3: severity: must be one of error, warning, info, hint"),
        ('[severity]\nTH501 = "hint"\nnope = "hint"\n', PATH, "3: severity: there is no rule 'nope'"),
        ('per-file-ignores."a b" = ["nope"]\n', PATH, "1: per-file-ignores: there is no rule 'nope'"),
        ('per-file-ignores = {"a" = 1}\n', PATH, "1: per-file-ignores: must be a list of texts"),
        ('model = """\nn = 99\n"""\nn = 99\n', PATH, "4: n: must be a whole number from 2 to 10"),
        ("n = 5\nn = 6\n", PATH, "2: this is not TOML: Cannot overwrite a value"),
        ('n = 5\nmodel = "o3\n', PATH, "2: this is not TOML: "),
        ("n =", PATH, "1: this is not TOML: "),
        ("[tool]\nthoughtsmith = 1\n", PYPROJECT, "2: tool.thoughtsmith: must be a table"),
        ("[tool.a]\nn = 1\n[tool.thoughtsmith]\nn = 1\n", PYPROJECT, "4: n: must be a whole number from 2 to 10"),
        ("[tool]\nthoughtsmith.n = 1\n", PYPROJECT, "2: n: must be a whole number from 2 to 10"),
    ],
)
def test_a_mistake_has_its_file_line_and_key(text: str, path: str, expected: str) -> None:
    (problem,) = read(text, path).problems
    assert problem.line_of_text("en").startswith(f"{path}:{expected}")
    assert problem.line_of_text("ru") != problem.line_of_text("en")


def test_what_fits_is_there_beside_what_does_not() -> None:
    parsed = read("n = 5\nstyle = 1\n")
    assert parsed.values == {"n": 5}
    assert len(parsed.problems) == 1


@given(st.text(alphabet="n=select[]\"'.{}#\n 1thougsmi", max_size=60))
def test_every_text_is_read_or_has_a_problem_in_one_of_its_lines(text: str) -> None:
    for path in (PATH, PYPROJECT):
        parsed = parse(text, path, unknown)
        assert path == PYPROJECT or parsed is not None
        for problem in parsed.problems if parsed is not None else ():
            assert 1 <= problem.line <= text.count("\n") + 1
