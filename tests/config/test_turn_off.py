"""Turning a rule off in a config file: the rule is off afterwards, and nothing else has changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoughtsmith.config.file import loads
from thoughtsmith.config.turn_off import new_config, pattern_of, turn_off
from thoughtsmith.text.edits import apply_edits

OURS = ("tool", "thoughtsmith")


def after(text: str, *, ours: tuple[str, ...] = (), pattern: str = "") -> str | None:
    edits = turn_off(text, ours, "TH9", pattern)
    return None if edits is None else apply_edits(text, edits)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", 'ignore = ["TH9"]\n'),
        ("ignore = []\n", 'ignore = ["TH9"]\n'),
        ('ignore = ["a"]', 'ignore = ["a", "TH9"]'),
        ('ignore = ["a", ]\n', 'ignore = ["a", "TH9" ]\n'),
        (
            'ignore = [\n  "a", # why\n  "b" # b\n]\nn = 3\n',
            'ignore = [\n  "a", # why\n  "b", # b\n  "TH9"\n]\nn = 3\n',
        ),
        ('ignore = [\r\n\t"a",\r\n]\r\n', 'ignore = [\r\n\t"a",\r\n\t"TH9",\r\n]\r\n'),
        ('ignore = ["a",\n          "b"]\n', 'ignore = ["a",\n          "b",\n          "TH9"]\n'),
        (
            "n = 3 # three\n\n[severity]\nTH1 = 'hint'\n",
            "n = 3 # three\nignore = [\"TH9\"]\n\n[severity]\nTH1 = 'hint'\n",
        ),
        ("# Ours.\n\n# How bad.\n[severity]\n", '# Ours.\n\nignore = ["TH9"]\n\n# How bad.\n[severity]\n'),
        (
            '# Off.\n# ignore = ["x"]\n\n# Next.\n# n = 5\n',
            '# Off.\n# ignore = ["x"]\nignore = ["TH9"]\n\n# Next.\n# n = 5\n',
        ),
        ('"ignore" = ["a"]\n', '"ignore" = ["a", "TH9"]\n'),
        ("ignore = 3\n", None),
        ("ignore = [\n", None),
        ('ignore = ["TH9"]\n', None),
    ],
)
def test_everywhere(before: str, expected: str | None) -> None:
    assert after(before) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("[tool.thoughtsmith]\nn = 3\n\n[tool.x]\n", '[tool.thoughtsmith]\nn = 3\nignore = ["TH9"]\n\n[tool.x]\n'),
        ("[tool.thoughtsmith]\n", '[tool.thoughtsmith]\nignore = ["TH9"]\n'),
        ("[tool]\nthoughtsmith.n = 3\n", '[tool]\nthoughtsmith.n = 3\nthoughtsmith.ignore = ["TH9"]\n'),
        ("[tool]\nthoughtsmith = {n = 3}\n", '[tool]\nthoughtsmith = {n = 3, ignore = ["TH9"]}\n'),
        (
            "[project]\nname = 'x'\n\n[tool.thoughtsmith.severity]\nTH1 = 'hint'\n",
            (
                "[project]\nname = 'x'\n\n[tool.thoughtsmith]\nignore = [\"TH9\"]\n\n"
                "[tool.thoughtsmith.severity]\nTH1 = 'hint'\n"
            ),
        ),
    ],
)
def test_in_a_project_file(before: str, expected: str) -> None:
    assert after(before, ours=OURS) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", '[per-file-ignores]\n"/a.md" = ["TH9"]\n'),
        ("n = 3\n", 'n = 3\n\n[per-file-ignores]\n"/a.md" = ["TH9"]\n'),
        ('[per-file-ignores]\n"b/" = ["x"] # b\n', '[per-file-ignores]\n"b/" = ["x"] # b\n"/a.md" = ["TH9"]\n'),
        ('[per-file-ignores]\n"/a.md" = ["x"]\n', '[per-file-ignores]\n"/a.md" = ["x", "TH9"]\n'),
        ('per-file-ignores = {"b/" = ["x"]}\n', 'per-file-ignores = {"b/" = ["x"], "/a.md" = ["TH9"]}\n'),
        ("per-file-ignores = {}\n", 'per-file-ignores = {"/a.md" = ["TH9"]}\n'),
        (
            'per-file-ignores."b/" = ["x"]\nn = 3\n',
            'per-file-ignores."b/" = ["x"]\nper-file-ignores."/a.md" = ["TH9"]\nn = 3\n',
        ),
    ],
)
def test_for_one_file(before: str, expected: str) -> None:
    assert after(before, pattern="/a.md") == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("[tool]\nthoughtsmith = {}\n", '[tool]\nthoughtsmith = {per-file-ignores."/a.md" = ["TH9"]}\n'),
        (
            "[tool]\nthoughtsmith = {n = 3} # us\n",
            '[tool]\nthoughtsmith = {n = 3, per-file-ignores."/a.md" = ["TH9"]} # us\n',
        ),
        (
            '[tool]\nthoughtsmith = {per-file-ignores."b/" = ["x"]}\n',
            '[tool]\nthoughtsmith = {per-file-ignores."b/" = ["x"], per-file-ignores."/a.md" = ["TH9"]}\n',
        ),
        (
            "tool = {thoughtsmith = {per-file-ignores = {}}}\n",
            'tool = {thoughtsmith = {per-file-ignores = {"/a.md" = ["TH9"]}}}\n',
        ),
    ],
)
def test_for_one_file_where_our_table_stands_in_braces(before: str, expected: str) -> None:
    assert after(before, ours=OURS, pattern="/a.md") == expected


def test_a_pattern_means_the_path_letter_by_letter() -> None:
    from pathspec import GitIgnoreSpec

    for path in ("a.md", "a/b.md", "#x", "a [1]*?.md", "back\\slash", "!x", "end "):
        assert GitIgnoreSpec.from_lines([pattern_of(path)]).match_file(path), path
        assert loads(new_config("TH9", pattern_of(path))) == {"per-file-ignores": {pattern_of(path): ["TH9"]}}


WORDS = st.sampled_from(["TH1", "secret", "a b", "x"])
COMMENTS = st.sampled_from(["", " # why", " # \"]'"])
GAPS = st.sampled_from(["", "\n", "\n\n", "# [severity]\n", "\t# x = [\n"])


@st.composite
def lists(draw: st.DrawFn) -> str:
    words = [draw(st.sampled_from([f'"{word}"', f"'{word}'"])) for word in draw(st.lists(WORDS, max_size=3))]
    if draw(st.booleans()):
        inner = "".join(f"  {word},{draw(COMMENTS)}\n" for word in words)
        if draw(st.booleans()) and words:
            inner = inner[::-1].replace(",", "", 1)[::-1] if "#" not in inner else inner
        return f"[{draw(COMMENTS)}\n{inner}]"
    return f"[{', '.join(words)}{draw(st.sampled_from(['', ',', ', '])) if words else ''}]"


@st.composite
def configs(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """A config file with what people write around the place, in any order that TOML allows."""
    ours: tuple[str, ...] = draw(st.sampled_from([(), OURS]))
    prefix = "tool.thoughtsmith." if ours else ""
    name = draw(st.sampled_from(["ignore", "select", "'ignore'"]))
    own = draw(st.lists(st.sampled_from(["n = 3", f"{name} = {draw(lists())}", "model = '''\n[x]\n'''"]), unique=True))
    text = draw(GAPS) + ("[project]\nname = 'x'\n" if ours else "")
    if draw(st.booleans()) and ours:
        text += "[tool.thoughtsmith]" + draw(COMMENTS) + "\n"
    elif ours:
        own = []
    text += "".join(f"{line}{draw(COMMENTS)}\n{draw(GAPS)}" for line in own)
    if draw(st.booleans()):
        text += f"[{prefix}severity]\nTH1 = 'hint'\n{draw(GAPS)}"
    if draw(st.booleans()):
        text += f"[{prefix}per-file-ignores]{draw(COMMENTS)}\n" + draw(
            st.sampled_from(["", '"b/" = ["x"]\n', f'"/a.md" = {draw(lists())}\n'])
        )
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    return draw(st.sampled_from([text, text.replace("\n", "\r\n")])), ours


@st.composite
def braces(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """A project file in which our table, or a table in it, stands in braces."""
    listed = draw(st.lists(WORDS, max_size=2).map(lambda words: ", ".join(f'"{word}"' for word in words)))
    below = ["", "per-file-ignores = {}", 'per-file-ignores = {"b/" = ["x"]}', 'per-file-ignores."b/" = ["x"]']
    parts = ["n = 3", f"ignore = [{listed}]", draw(st.sampled_from(below)), "severity = {TH1 = 'hint'}"]
    inner = ", ".join(part for part in draw(st.lists(st.sampled_from(parts), unique=True)) if part)
    ours = f"{{{draw(st.sampled_from(['', ' ']))}{inner}{draw(st.sampled_from(['', ' ']))}}}"
    shapes = ["[tool]\nthoughtsmith = {}", "tool.thoughtsmith = {}", "tool = {{x = {{n = 1}}, thoughtsmith = {}}}"]
    text = draw(GAPS) + draw(st.sampled_from(shapes)).format(ours) + draw(COMMENTS)
    return text + draw(st.sampled_from(["", "\n", "\n\n[project]\nname = 'x'\n"])), OURS


@pytest.mark.parametrize("name", ["a'\\b.md", "a\n\U000e0001.md", 'a"b.md'])
def test_whatever_the_name(name: str) -> None:
    now = after("", pattern=name)
    assert now is not None
    assert loads(now) == {"per-file-ignores": {name: ["TH9"]}}
    assert loads(new_config("TH9", name)) == loads(now)


@given(configs() | braces(), st.sampled_from(["", "/a.md"]))
def test_whatever_the_file_looks_like(config: tuple[str, tuple[str, ...]], pattern: str) -> None:
    text, ours = config
    before = loads(text)
    if before is None:
        return
    now = after(text, ours=ours, pattern=pattern)
    assert now is not None
    said = loads(now)
    assert said is not None
    for name in ours:
        before, said = before.get(name, {}), said[name]
    path = ["per-file-ignores", pattern] if pattern else ["ignore"]
    words = said
    for name in path:
        words = words[name]
    assert isinstance(words, list)
    assert words[-1] == "TH9"
    # Line for line, what was there is there still: comments, blank lines, order.
    lines = iter(now.replace("\r\n", "\n").split("\n"))
    kept = [line for line in text.replace("\r\n", "\n").split("\n") if not set("[{") & set(line) and line.strip(" \"'")]
    for line in kept:
        assert any(line.rstrip(",") in other or _same(line, other) for other in lines), (line, now)
    assert ("\r\n" in now) == ("\r\n" in text) or not text.count("\n")


def _same(line: str, other: str) -> bool:
    """The same line, but for a comma before its comment."""
    return line.replace(",", "") == other.replace(",", "")
