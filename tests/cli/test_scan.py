"""`thoughtsmith scan`: which techniques stand where, as a user sees it."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fastjsonschema
import pytest
from rich.console import Console

from thoughtsmith.cli import terminal
from thoughtsmith.host import installation, walk
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.project.content import Content

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.techniques.catalogue import Catalogue

    from .conftest import Run

COT = "Think step by step before you answer."
NAMED = "A few words about chain of thought."
RULED_OUT = "Do not think step by step."

POSITION = {
    "type": "object",
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
    "required": ["line", "column"],
    "additionalProperties": False,
}
RANGE = {
    "type": "object",
    "properties": {"start": POSITION, "end": POSITION},
    "required": ["start", "end"],
    "additionalProperties": False,
}
NAMES = {"type": "array", "items": {"type": "string"}}
TECHNIQUE = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "form": {"enum": ["instruction", "mention"]},
        "negated": {"type": "boolean"},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "range": RANGE,
        "params": {"type": "object"},
        "parts": {
            "type": "object",
            "properties": {"present": NAMES, "missing": NAMES},
            "required": ["present", "missing"],
            "additionalProperties": False,
        },
        "evidence": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {"text": {"type": "string"}, "range": RANGE},
                "required": ["text", "range"],
            },
        },
    },
    "required": ["id", "form", "negated", "confidence", "range", "params", "parts", "evidence"],
    "additionalProperties": False,
}
FILE = {
    "type": "object",
    "properties": {
        "path": {"type": "string"},
        "format": {"type": "string"},
        "language": {"enum": ["en", "ru"]},
        "model": {"type": ["string", "null"]},
        "techniques": {"type": "array", "items": TECHNIQUE},
    },
    "required": ["path", "format", "language", "model", "techniques"],
    "additionalProperties": False,
}
CONTRACT = {
    "type": "object",
    "properties": {"version": {"const": 1}, "files": {"type": "array", "items": FILE}},
    "required": ["version", "files"],
    "additionalProperties": False,
}
"""What programs that read the output rely on."""


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(load_catalogue())


@pytest.fixture(autouse=True)
def compiled_once(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading and compiling the shipped content takes longer than everything else; it is the same for all runs."""

    def load_once(folders: Iterable[Path] = ()) -> Catalogue:
        near = list(folders)
        return load_catalogue(near) if any(map(installation.pack_of, near)) else content.catalogue

    monkeypatch.setattr(installation, "load_catalogue", load_once)
    monkeypatch.setattr(
        "thoughtsmith.project.content.Content",
        lambda catalogue: content if catalogue is content.catalogue else Content(catalogue),
    )


def put(files: dict[str, str | bytes]) -> None:
    """Writes files into the current folder, byte for byte."""
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def scanned(run: Run, *arguments: str) -> list[dict[str, Any]]:
    """The files of the JSON output, which must be as promised."""
    data = json.loads(run("scan", *arguments, "--output-format", "json").stdout)
    fastjsonschema.compile(CONTRACT)(data)
    files: list[dict[str, Any]] = data["files"]
    return files


def paths(run: Run, *arguments: str) -> list[str]:
    """The paths of what is read, with `/` on every system."""
    return [file["path"].replace("\\", "/") for file in scanned(run, *arguments)]


# What is said of a file


def test_a_technique_has_its_place(run: Run) -> None:
    put({"a.md": f"# Task\n\nPlan a trip. {COT}\n"})
    [file] = scanned(run, "a.md")
    assert (file["path"], file["format"], file["language"], file["model"]) == ("a.md", "markdown", "en", None)
    [found] = file["techniques"]
    assert (found["id"], found["form"], found["negated"]) == ("cot", "instruction", False)
    assert found["range"]["start"] == {"line": 3, "column": 14}
    # Whether the full stop belongs to it is all the same.
    assert found["range"]["end"] in ({"line": 3, "column": 50}, {"line": 3, "column": 51})
    assert "answer-marker" in found["parts"]["missing"]
    words = found["evidence"][0]
    assert words["text"] == "Think step by step"
    assert words["range"] == {"start": {"line": 3, "column": 14}, "end": {"line": 3, "column": 32}}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
def test_line_ends_and_a_byte_order_mark_move_nothing(run: Run, newline: str, mark: str) -> None:
    put({"a.md": f"{mark}One.{newline}{newline}Two. {COT}{newline}"})
    [found] = scanned(run, "a.md")[0]["techniques"]
    assert found["evidence"][0]["range"] == {"start": {"line": 3, "column": 6}, "end": {"line": 3, "column": 24}}
    put({"a.md": f"{mark}{COT}{newline}"})
    [found] = scanned(run, "a.md")[0]["techniques"]
    assert found["range"]["start"] == {"line": 1, "column": 1}


def test_columns_count_code_points(run: Run) -> None:
    put({"a.md": f"😀𝒳ё. {COT}\n"})
    [found] = scanned(run, "a.md")[0]["techniques"]
    assert found["evidence"][0]["range"]["start"] == {"line": 1, "column": 6}


def test_what_is_named_or_ruled_out_is_told_apart(run: Run) -> None:
    put({"a.md": f"{NAMED}\n\n# Rules\n\n{RULED_OUT}\n"})
    named, ruled_out = scanned(run, "a.md")[0]["techniques"]
    assert (named["form"], named["negated"]) == ("mention", False)
    assert (ruled_out["form"], ruled_out["negated"]) == ("instruction", True)
    [only] = scanned(run, "a.md", "--no-mentions")[0]["techniques"]
    assert only == ruled_out


def test_language_format_and_model_are_those_of_the_file(run: Run) -> None:
    put(
        {
            "a.agent.md": f'---\nname: a\nmodel: "gpt-5"  # for now\n---\n\n{COT}\n',
            "b.agent.md": f"---\nmodel: [one, two]\n---\n\n{COT}\n",
            "c.py": "import os\n\nPROMPT = '''Прочитай договор внимательно и рассуждай шаг за шагом.'''\n",
            "SKILL.md": f"model: none\n\n{COT}\n",
        }
    )
    found = {file["path"]: (file["format"], file["language"], file["model"]) for file in scanned(run, ".")}
    assert {Path(path).name: facts for path, facts in found.items()} == {
        "SKILL.md": ("skill", "en", None),
        "a.agent.md": ("agent", "en", "gpt-5"),
        "b.agent.md": ("agent", "en", None),
        "c.py": ("plain-text", "ru", None),
    }


def test_only_the_techniques_that_were_asked_for(run: Run) -> None:
    put({"a.md": f"{COT}\n\nRate your confidence in each claim from 0 to 100.\n"})
    ids = {found["id"] for found in scanned(run, "a.md")[0]["techniques"]}
    assert ids >= {"cot", "confidence"}
    for chosen in ({"cot"}, {"cot", "confidence"}):
        options = [word for id in sorted(chosen) for word in ("--technique", id.upper())]
        assert {found["id"] for found in scanned(run, "a.md", *options)[0]["techniques"]} == chosen
    assert scanned(run, "a.md", "--technique", "tot")[0]["techniques"] == []


def test_a_technique_that_there_is_not_is_a_usage_error(run: Run) -> None:
    put({"a.md": COT})
    assert "Did you mean cot" in run("scan", "a.md", "--technique", "cott", code=2).stderr


def test_techniques_of_the_project_are_recognised_from_everywhere(run: Run) -> None:
    folder = "project/.thoughtsmith/snippets/broken"
    put({f"{folder}/technique.toml": "no = TOML", "project/prompts/a.md": COT})
    assert "broken/technique.toml" in run("scan", "project/prompts").stderr


# Which files are read


def test_named_files_are_read_whatever_they_are_called(run: Run) -> None:
    names = ["a.py", "b", "c.json", ".hidden", "x/d.ts"]
    put(dict.fromkeys([*names, "not-named.md"], COT))
    assert paths(run, *names) == names


def test_in_a_named_folder_every_text_is_read_in_order(run: Run) -> None:
    put(dict.fromkeys(["t/b/2.json", "t/b.hbs", "t/a.py", "t/.github/x.yaml", "t/Я.txt", "t/Z", "other.md"], COT))
    expected = ["t/.github/x.yaml", "t/Z", "t/a.py", "t/b/2.json", "t/b.hbs", "t/Я.txt"]
    assert paths(run, "t") == expected
    assert paths(run, "t/") == expected
    assert paths(run, "./t") == ["./" + path for path in expected]


def test_without_paths_only_prompts_by_name_or_place_are_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    prompts = [".claude/agents/a.md", "CLAUDE.md", "deep/er/x.prompt.md", "prompts/b.txt", "prompts/deep/c.md"]
    put(dict.fromkeys([*prompts, "README.md", "notes.txt", "src/a.py", "prompts/d.json"], COT))
    assert paths(run) == prompts
    monkeypatch.chdir("prompts")
    assert paths(run) == ["b.txt", "deep/c.md"]


def test_without_paths_and_prompts_there_is_a_hint(run: Run) -> None:
    put({"README.md": COT})
    result = run("scan")
    assert "no prompt files here" in result.stderr
    assert result.stdout.startswith("Files read: 0")


def test_each_file_is_read_once(run: Run) -> None:
    put({"t/a.md": COT, "t/b.md": COT})
    assert paths(run, "t/b.md", "t", "t/a.md", "t/../t") == ["t/b.md", "t/a.md"]


def test_standard_input(run: Run) -> None:
    data = json.loads(run("scan", "-", "--output-format", "json", stdin=COT).stdout)
    fastjsonschema.compile(CONTRACT)(data)
    [file] = data["files"]
    assert (file["path"], file["techniques"][0]["id"]) == ("-", "cot")


def test_a_path_that_there_is_not_is_a_usage_error(run: Run) -> None:
    put({"a.md": COT})
    result = run("scan", "a.md", "no/such.md", code=2)
    assert "no/such.md" in result.stderr
    assert result.stdout == ""


IGNORE: dict[str, tuple[dict[str, str], list[str]]] = {
    "files, folders and exceptions": (
        {".gitignore": "*.log\n!keep.log\nbuild/\n/top.md\n"},
        ["a.md", "deep/keep.log", "deep/top.md", "keep.log"],
    ),
    "only what is let in": ({".gitignore": "*\n!*/\n!*.md\n"}, ["a.md", "build/c.md", "deep/top.md", "top.md"]),
    "a file of its own in a folder": (
        {".gitignore": "*.log\nbuild\n", "deep/.gitignore": "*\n!keep.log\n"},
        ["a.md", "deep/keep.log", "top.md"],
    ),
    "what stands in an ignored folder cannot be let in": (
        {".gitignore": "deep/\n!deep/top.md\n*.log\n"},
        ["a.md", "build/c.md", "top.md"],
    ),
    "lines that are no patterns": (
        {".gitignore": "\ufeff!\r\n# *.md\r\n\r\n*.log\r\nbuild\\\r\n/deep/top.md\r\n"},
        ["a.md", "build/c.md", "top.md"],
    ),
}


@pytest.mark.parametrize("case", list(IGNORE))
def test_ignored_files_are_not_read(run: Run, case: str) -> None:
    ignore, expected = IGNORE[case]
    names = ["a.md", "top.md", "a.log", "keep.log", "deep/top.md", "deep/keep.log", "build/c.md"]
    put({**dict.fromkeys((f"t/{name}" for name in names), COT), **{f"t/{name}": text for name, text in ignore.items()}})
    assert [path for path in paths(run, "t") if not path.endswith(".gitignore")] == [f"t/{name}" for name in expected]
    # Whoever names a file means it.
    assert paths(run, "t/a.log") == ["t/a.log"]


def test_the_rules_of_the_repository_around_a_folder_hold(run: Run) -> None:
    put(dict.fromkeys(["r/docs/a.md", "r/docs/b.log", "r/out/c.md", "r/out/d.log"], COT))
    put({"r/.gitignore": "*.log\nout/\n", ".gitignore": "*.md\n"})
    # Without a repository only what stands below counts.
    assert paths(run, "r/docs") == ["r/docs/a.md", "r/docs/b.log"]
    Path("r/.git").mkdir()
    assert paths(run, "r/docs") == ["r/docs/a.md"]
    # Whoever names an ignored folder wants to see what is in it.
    assert "r/out/c.md" in paths(run, "r/out")


def test_folders_of_tools_are_not_entered(run: Run) -> None:
    put(dict.fromkeys([f"{name}/a.md" for name in (".git", "node_modules", ".venv", "x/__pycache__")], COT))
    put({"a.md": COT})
    assert paths(run, ".") == ["./a.md"]
    assert paths(run, "node_modules") == ["node_modules/a.md"]


@pytest.mark.skipif(sys.platform == "win32", reason="on Windows links need special rights")
def test_links_lead_nowhere_twice(run: Run) -> None:
    put({"t/a.md": COT, "elsewhere/b.md": COT, "c.md": COT})
    Path("t/loop").symlink_to("..")
    Path("t/self").symlink_to("self")
    Path("t/gone.md").symlink_to("nothing")
    Path("t/again.md").symlink_to("a.md")
    Path("t/file.md").symlink_to("../c.md")
    Path("t/folder").symlink_to("../elsewhere")
    assert paths(run, "t") == ["t/a.md", "t/file.md"]
    assert paths(run, "t/folder") == ["t/folder/b.md"]


@pytest.mark.skipif(sys.platform == "win32", reason="such files need rights there")
def test_a_pipe_in_a_folder_holds_nothing_up(run: Run) -> None:
    put({"t/a.md": COT})
    os.mkfifo("t/pipe")
    assert paths(run, "t") == ["t/a.md"]


# Files that cannot be read

BROKEN: dict[str, tuple[bytes, str]] = {
    "picture.png": (b"\x89PNG\r\n\x1a\n\0\0", "a binary file"),
    "cyrillic.txt": ("Думай".encode("cp1251"), "not UTF-8 text (byte 0)"),
    "wide.txt": (COT.encode("utf-16"), "not UTF-8 text (byte 0)"),
    "cut.md": ("Дума".encode()[:-1], "not UTF-8 text (byte 6)"),
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_named_file_that_is_no_text_is_left_out_with_a_warning(run: Run, name: str) -> None:
    data, reason = BROKEN[name]
    put({name: data, "a.md": COT})
    result = run("scan", name, "a.md", "--output-format", "json")
    assert [file["path"] for file in json.loads(result.stdout)["files"]] == ["a.md"]
    assert result.stderr.startswith(f"thoughtsmith: {name}: skipped, {reason}")
    assert len(result.stderr.splitlines()) == 1


def test_a_folder_with_files_that_are_no_text(run: Run) -> None:
    put({**{f"t/{name}": data for name, (data, _) in BROKEN.items()}, "t/a.md": COT, "t/empty.md": ""})
    result = run("scan", "t", "--lang", "ru")
    # Folders are full of pictures; nobody wants to hear of them.
    warnings = [Path(line.split(": ")[1]).name for line in result.stderr.splitlines()]
    assert warnings == ["cut.md", "cyrillic.txt", "wide.txt"]
    assert "это не текст в UTF-8" in result.stderr
    assert "Прочитано файлов: 2" in result.stdout
    assert "Пропущено: 3." in result.stdout


def test_a_huge_file_is_read_only_if_it_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "MAX_SIZE", 1_000)
    put({"t/a.md": COT + "\n" * 1_000, "t/b.md": COT})
    result = run("scan", "t", "--output-format", "json")
    assert [Path(file["path"]).name for file in json.loads(result.stdout)["files"]] == ["b.md"]
    assert "a.md: skipped, 0 MB; name the file itself" in result.stderr
    assert paths(run, "t/a.md") == ["t/a.md"]


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0,
    reason="the superuser may read everything, and Windows has no such modes",
)
def test_what_may_not_be_read_is_left_out_with_a_warning(run: Run) -> None:
    put({"t/a.md": COT, "t/b/c.md": COT, "t/d.md": COT})
    Path("t/a.md").chmod(0)
    Path("t/b").chmod(0)
    try:
        result = run("scan", "t", "--output-format", "json")
    finally:
        Path("t/b").chmod(0o755)
    assert [file["path"] for file in json.loads(result.stdout)["files"]] == ["t/d.md"]
    assert sorted(line.split(": ")[1] for line in result.stderr.splitlines()) == ["t/a.md", "t/b"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are not UTF-8")
def test_a_file_name_that_is_no_text_ends_nothing(run: Run) -> None:
    put({"t/a.md": COT})
    Path(os.fsdecode(b"t/\xff.md")).write_text(COT)
    assert paths(run, "t") == ["t/a.md", "t/\ufffd.md"]


# How it is shown


def test_json_lines_are_the_files_of_the_json_output(run: Run) -> None:
    put({"t/a.md": COT, "t/b.md": "Nothing.", "t/c.md": f"Шаг за шагом: рассуждай пошагово. {NAMED}"})
    text = run("scan", "t", "--output-format", "jsonl").stdout
    assert [json.loads(line) for line in text.splitlines()] == scanned(run, "t")


def test_two_runs_print_the_same(run: Run) -> None:
    put({f"t/{number % 7}/{number}.md": f"{COT} {number}\n\n{NAMED}" for number in range(40)})
    assert run("scan", "t").stdout == run("scan", "t").stdout


def test_text(run: Run) -> None:
    put(
        {
            "t/a.md": f"# Task\n\n{COT}\n\n- {RULED_OUT}\n\n{NAMED}\n",
            "t/b.md": "Nothing here.\n",
        }
    )
    lines = run("scan", "t").stdout.splitlines()
    assert lines[0].replace("\\", "/") == "t/a.md"
    assert [line.split()[0] for line in lines[1:4]] == ["3:1", "5:1", "7:19"]
    assert all("Chain-of-Thought" in line for line in lines[1:4])
    assert COT in lines[1]
    assert "[lacks: " in lines[1]
    assert "a final answer that is marked apart from the reasoning" in lines[1]
    assert lines[2].endswith("[ruled out]")
    assert lines[3].endswith("[only named]")
    assert lines[4:] == [
        "",
        "Files read: 2, with techniques: 1. Techniques: 1, only named: 1, ruled out: 1.",
    ]


def test_text_in_russian(run: Run) -> None:
    put({"a.md": "Рассуждай шаг за шагом, прежде чем ответить.\n\nО цепочке рассуждений.\n"})
    text = run("scan", "a.md", "--lang", "ru").stdout
    assert "Цепочка рассуждений" in text
    assert "[не хватает: " in text
    assert "[только названо]" in text
    assert "Прочитано файлов: 1, с техниками: 1. Техник: 1, только названо: 1, исключено: 0." in text


def test_numbers_are_shown(run: Run) -> None:
    put({"a.md": "Write 5 different candidate answers, compare them and choose the best one.\n"})
    [found] = [one for one in scanned(run, "a.md")[0]["techniques"] if one["id"] == "bon"]
    assert found["params"] == {"n": 5}
    assert "Best-of-N (n = 5)" in run("scan", "a.md", "--technique", "bon").stdout


def test_an_excerpt_is_a_piece_of_a_long_line_and_moves_no_cursor(run: Run) -> None:
    put({"a.md": f"{'Many words come before. ' * 20}\x1b[31m {COT} {'Many follow. ' * 20}\n"})
    line = run("scan", "a.md").stdout.splitlines()[1]
    assert "\x1b" not in line
    excerpt = line[line.index("…") : line.rindex("…") + 1]
    assert "Think step by step" in excerpt
    assert len(excerpt) <= 80


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("colourless", [False, True])
def test_words_are_highlighted_on_a_terminal(tmp_path: Path, colourless: bool) -> None:
    import pty
    import subprocess

    (tmp_path / "a.md").write_text(f"{COT}\n\n{NAMED}\n")
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    for variable in ("NO_COLOR", "FORCE_COLOR", "LC_ALL"):
        environment.pop(variable, None)
    if colourless:
        environment["NO_COLOR"] = "1"
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "-m", "thoughtsmith", "scan", "a.md"],
            cwd=tmp_path,
            stdout=theirs,
            stderr=subprocess.PIPE,
            env=environment,
            check=True,
            timeout=60,
        )
        shown = os.read(ours, 100_000).decode()
    finally:
        os.close(theirs)
        os.close(ours)
    assert ("\x1b[1mThink step by step\x1b[0m" if colourless else "\x1b[1;33mThink step by step\x1b[0m") in shown
    assert "\x1b[2" in shown


def test_a_long_run_has_a_progress_bar_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "PATIENCE", -1.0)
    shown = Console(file=io.StringIO(), force_terminal=True, width=80)
    assert isinstance(shown.file, io.StringIO)
    for item in terminal.with_progress(["a", "b", "c"], 3, "Reading", shown):
        shown.print(f"line {item}")
    text = shown.file.getvalue()
    assert "Reading" in text
    assert "2/3" in text
    assert all(f"line {item}" in text for item in "abc")
    assert text.endswith("\x1b[2K")


def test_a_short_run_or_one_without_a_terminal_has_none() -> None:
    shown = Console(file=io.StringIO(), force_terminal=True, width=80)
    assert isinstance(shown.file, io.StringIO)
    assert list(terminal.with_progress(["a", "b"], 2, "Reading", shown)) == ["a", "b"]
    assert list(terminal.with_progress(["a", "b"], 2, "Reading", None)) == ["a", "b"]
    assert shown.file.getvalue() == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_gitignore_that_is_a_pipe_or_a_link_is_passed_over(run: Run) -> None:
    folder = Path("piped")
    folder.mkdir()
    (folder / "a.md").write_text("Think step by step.\n", encoding="utf-8")
    os.mkfifo(folder / ".gitignore")
    linked = Path("linked")
    linked.mkdir()
    (linked / "b.md").write_text("Think step by step.\n", encoding="utf-8")
    (linked / ".gitignore").symlink_to("/dev/zero")
    assert paths(run, "piped", "linked") == ["piped/a.md", "linked/b.md"]
