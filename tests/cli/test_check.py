"""`thoughtsmith check`: what is found, what is mended, what is written, and how it ends."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from tests.cli.dying import die

from thoughtsmith.cli import check_processes, checking
from thoughtsmith.cli.check_helpers import AT_ONCE, shared
from thoughtsmith.config.settings import Settings
from thoughtsmith.host import installation
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.host.walk import Found
from thoughtsmith.project.content import Content
from thoughtsmith.rules import engine, registry, selection
from thoughtsmith.rules.finding import Fix, Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.edits import Edit
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from thoughtsmith.rules.subject import Subject
    from thoughtsmith.techniques.catalogue import Catalogue

    from .conftest import Run

BAD = "---\nname: review\ndescription: Reads: all of it\n---\nReview.\n"
MENDED = '---\nname: review\ndescription: "Reads: all of it"\n---\nReview.\n'
MISNAMED = "---\nname: other\ndescription: Reads all of it\n---\nReview.\n"
FILE = "skills/review/SKILL.md"

posix = pytest.mark.skipif(sys.platform == "win32", reason="file modes and links work differently there")


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(load_catalogue())


@pytest.fixture(autouse=True)
def compiled_once(content: Content, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The shipped content is the same for all runs, and no settings of whoever runs the tests count."""

    def load_once(_folders: Iterable[Path] = ()) -> Catalogue:
        return content.catalogue

    monkeypatch.setattr(installation, "load_catalogue", load_once)
    monkeypatch.setattr("thoughtsmith.project.content.Content", lambda _catalogue: content)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / ".config"))


def put(files: dict[str, str | bytes]) -> None:
    """Writes files into the current folder, byte for byte."""
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)


def found(run: Run, *arguments: str, code: int = 1, stdin: str | None = None) -> list[str]:
    """The findings, as `path:line rule`."""
    data = json.loads(run("check", *arguments, "--output-format", "json", code=code, stdin=stdin).stdout)
    return [
        f"{one['path']}:{one['range']['start']['line']} {one['rule']}".replace("\\", "/") for one in data["findings"]
    ]


# What is checked


def test_prompts_are_found_by_name_or_place_and_others_are_named(run: Run) -> None:
    put({FILE: BAD, "notes/review.md": BAD, "prompts/a.md": BAD})
    assert found(run) == ["prompts/a.md:3 TH502", f"{FILE}:3 TH502"]
    assert found(run, ".") == ["./prompts/a.md:3 TH502", f"./{FILE}:3 TH502"]
    assert found(run, "notes", code=0) == []
    assert found(run, "notes/review.md", FILE, "prompts") == [
        "notes/review.md:3 TH502",
        f"{FILE}:3 TH502",
        "prompts/a.md:3 TH502",
    ]


def test_nothing_to_check_is_said(run: Run) -> None:
    assert "no prompt files here" in run("check").stderr


def test_standard_input_is_what_its_name_says(run: Run) -> None:
    assert found(run, "-", stdin=BAD) == ["-:3 TH502"]
    assert found(run, "-", "--stdin-filename", "skills/x/SKILL.md", stdin=MISNAMED) == ["skills/x/SKILL.md:2 TH511"]
    assert found(run, "--stdin-filename", "skills/other/SKILL.md", stdin=MISNAMED, code=0) == []


# How it ends


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 1),
        (["--fail-on", "error"], 0),
        (["--fail-on", "warning"], 1),
        (["--fail-on", "hint"], 1),
        (["--exit-zero"], 0),
        (["--ignore", "TH511"], 0),
        (["--ignore", "name-not-folder"], 0),
        (["--ignore", "data"], 0),
        (["--ignore", "all"], 0),
        (["--ignore", "TH5"], 0),
    ],
)
def test_the_exit_code_says_whether_something_was_found(run: Run, arguments: list[str], code: int) -> None:
    put({FILE: MISNAMED})
    run("check", *arguments, code=code)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--unsafe-fixes"], "--unsafe-fixes needs --fix"),
        (["--fix", "--diff"], "--diff writes nothing"),
        (["a.md", "--stdin-filename", "b.md"], "--stdin-filename is for a prompt on standard input"),
        (["--select", "TH99"], "There is no 'TH99' here."),
        (["--ignore", "unquotd-text"], "Did you mean unquoted-text"),
        (["--write-baseline"], "--write-baseline needs --baseline"),
        (["missing.md"], "missing.md"),
        (["--baseline", "a.md"], "a.md: this is no baseline"),
        (["--jobs", "-1"], "--jobs"),
    ],
)
def test_a_wrong_call_ends_with_2(run: Run, arguments: list[str], says: str) -> None:
    put({"a.md": BAD})
    result = run("check", *(arguments if arguments[0].endswith(".md") else ["a.md", *arguments]), code=2)
    assert says in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("data", "says"), [(b"\x89PNG\0\0", "a binary file"), ("Думай".encode("cp1251"), "not UTF-8 text (byte 0)")]
)
def test_what_cannot_be_read_ends_with_2_and_the_others_are_checked(run: Run, data: bytes, says: str) -> None:
    put({"bad.md": data, FILE: BAD})
    result = run("check", "bad.md", FILE, "--output-format", "concise", code=2)
    assert says in result.stderr
    assert result.stdout.startswith(f"{FILE}:3:14: error[TH502]")


def test_a_rule_that_fails_costs_its_findings_only_and_ends_with_2(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_subject: Subject) -> Iterator[Problem]:
        raise RuntimeError("broken")

    put({FILE: BAD})
    with_rule(monkeypatch, Rule("TH998", "broken-rule", "test", Severity.ERROR, fail))
    result = run("check", "--output-format", "concise", code=2)
    assert "rule broken-rule failed: RuntimeError: broken" in result.stderr
    assert "TH502" in result.stdout


def with_rule(monkeypatch: pytest.MonkeyPatch, rule: Rule) -> None:
    """Adds a rule to those that there are."""
    monkeypatch.setattr(selection, "RULES", (*registry.RULES, rule))
    monkeypatch.setattr(engine, "findings", lambda _language: {"unquoted-text.unquoted-colon": "x", rule.name: "x"})
    selection.selected.cache_clear()
    monkeypatch.setattr(selection, "selected", selection.selected)


@pytest.fixture(autouse=True)
def forget_rules() -> Iterator[None]:
    yield
    selection.selected.cache_clear()
    selection.meant.cache_clear()


# What is printed


def test_statistics_count_the_findings_of_each_rule(run: Run) -> None:
    put({FILE: BAD, "skills/a/SKILL.md": BAD, "skills/b/SKILL.md": BAD})
    assert (
        run("check", "--statistics", code=1).stdout == "     3  TH502  unquoted-text\n     2  TH511  name-not-folder\n"
    )


def test_the_output_goes_to_a_file_without_colours(run: Run) -> None:
    put({FILE: BAD, "out.txt": "old"})
    assert run("check", "--output-file", "out.txt", code=1).stdout == ""
    text = Path("out.txt").read_text(encoding="utf-8")
    assert text.startswith(f"{FILE}:3:14 error A text with")
    assert "\x1b" not in text
    result = run("check", "--output-file", "no/such/folder/x", code=2)
    assert "not written" in result.stderr


def test_messages_are_in_the_language_that_was_asked_for(run: Run) -> None:
    put({FILE: BAD})
    assert "нужны кавычки" in run("check", "--lang", "ru", code=1).stdout


# Mending


def test_fix_mends_what_is_safe_and_says_what_is_left(run: Run) -> None:
    put({FILE: BAD, "skills/b/SKILL.md": BAD})
    result = run("check", "--fix", "--output-format", "concise", code=1)
    assert Path(FILE).read_text() == MENDED
    assert [line.split(" ")[1] for line in result.stdout.splitlines()] == ["warning[TH511]"]
    run("check", "--fix", "--unsafe-fixes")
    assert Path("skills/b/SKILL.md").read_text() == MENDED.replace("review", "b", 1)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
def test_fix_changes_nothing_else(run: Run, newline: str, mark: str) -> None:
    tail = "One\u2028two\x0c 🧭\ttab  \n\r\n\r"
    put({FILE: mark + BAD.replace("\n", newline) + tail})
    run("check", "--fix")
    assert Path(FILE).read_bytes().decode() == mark + MENDED.replace("\n", newline) + tail
    before = Path(FILE).stat()
    run("check", "--fix")
    assert Path(FILE).stat().st_mtime_ns == before.st_mtime_ns, "what is right is not written"


@posix
def test_fix_keeps_the_mode_and_follows_links(run: Run) -> None:
    put({"real/SKILL.md": BAD})
    Path("real/SKILL.md").chmod(0o640)
    Path(FILE).parent.mkdir(parents=True)
    Path(FILE).symlink_to("../../real/SKILL.md")
    run("check", FILE, "--fix")
    assert Path(FILE).is_symlink()
    assert Path("real/SKILL.md").read_text() == MENDED
    assert Path("real/SKILL.md").stat().st_mode & 0o777 == 0o640
    assert os.listdir("real") == ["SKILL.md"]  # noqa: PTH208 -- hidden files count


@posix
def test_a_file_that_is_read_only_stays_and_ends_with_2(run: Run) -> None:
    put({FILE: BAD, "skills/b/SKILL.md": BAD})
    Path(FILE).chmod(0o444)
    result = run("check", "--fix", "--unsafe-fixes", code=2)
    assert f"{FILE}: not written: Permission denied" in result.stderr
    assert Path(FILE).read_text() == BAD
    assert Path("skills/b/SKILL.md").read_text() != BAD


def test_fix_of_standard_input_prints_the_text_and_keeps_findings_apart(run: Run) -> None:
    for text, mended in ((BAD, MENDED), ("\ufeff" + BAD, "\ufeff" + MENDED), (MENDED, MENDED)):
        result = run("check", "--fix", "--stdin-filename", FILE, "-", stdin=text)
        assert result.stdout == mended
        assert result.stderr.startswith("Files: 1.")
    result = run("check", "--fix", "--stdin-filename", "skills/b/SKILL.md", "-", stdin=BAD, code=1)
    assert result.stdout == MENDED
    assert "TH511" in result.stderr


def test_diff_shows_what_fix_would_do_and_writes_nothing(run: Run) -> None:
    put({FILE: BAD, "skills/b/SKILL.md": "---\nname: c\ndescription: c\n---"})
    result = run("check", "--diff", code=1)
    assert Path(FILE).read_text() == BAD
    assert result.stdout == (
        f"--- {FILE}\n+++ {FILE}\n@@ -1,5 +1,5 @@\n ---\n name: review\n"
        '-description: Reads: all of it\n+description: "Reads: all of it"\n ---\n Review.\n'
    )
    assert "+name: b" in run("check", "--diff", "--unsafe-fixes", code=1).stdout
    run("check", "--fix", code=1)
    # What --fix would not change is not shown, and a finding that it leaves still counts.
    assert run("check", "--diff", code=1).stdout == ""


def test_conflicts_are_settled_in_rounds_until_nothing_is_left(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(subject: Subject) -> Iterator[Problem]:
        text = subject.lines.text
        for at in range(len(text) - 1):
            if text[at : at + 2] == "aa":
                yield Problem(Span(at, at + 2), fixes=(Fix("One", (Edit(Span(at, at + 2), "a"),)),))

    put({"x.prompt.md": "a" * 50})
    with_rule(monkeypatch, Rule("TH998", "doubled", "test", Severity.ERROR, check))
    assert "Fixed: 49." in run("check", "--fix").stdout
    assert Path("x.prompt.md").read_text() == "a"


def test_fixes_that_undo_each_other_come_to_an_end(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(subject: Subject) -> Iterator[Problem]:
        other = "b" if subject.lines.text == "a" else "a"
        yield Problem(Span(0, 1), fixes=(Fix("Swap", (Edit(Span(0, 1), other),)),))

    put({"x.prompt.md": "a"})
    with_rule(monkeypatch, Rule("TH998", "circle", "test", Severity.ERROR, check))
    assert f"Fixed: {checking.MAX_ROUNDS}." in run("check", "--fix", code=1).stdout


# Config files


def test_the_nearest_config_file_holds_and_the_command_line_wins(run: Run) -> None:
    a, b = "skills/a/SKILL.md", "skills/b/SKILL.md"
    put({a: MISNAMED, b: MISNAMED, "skills/b/thoughtsmith.toml": 'ignore = ["TH511"]'})
    assert found(run) == [f"{a}:2 TH511"]
    assert found(run, "--select", "TH511") == [f"{a}:2 TH511", f"{b}:2 TH511"]
    put({"thoughtsmith.toml": '[severity]\nname-not-folder = "hint"'})
    assert found(run, code=0) == [f"{a}:2 TH511"]


def test_include_and_exclude_choose_among_files_that_nobody_named(run: Run) -> None:
    put({"docs/a.md": BAD, "vendor/SKILL.md": BAD, "thoughtsmith.toml": 'include = ["docs/"]\nexclude = ["vendor/"]'})
    assert found(run, "--ignore", "TH511") == ["docs/a.md:3 TH502"]
    assert found(run, "vendor/SKILL.md", "--ignore", "TH511") == ["vendor/SKILL.md:3 TH502"]
    assert found(run, "vendor/SKILL.md", "--force-exclude", code=0) == []
    assert json.loads(run("scan", ".", "--output-format", "json").stdout)["files"][0]["path"].endswith("a.md")


def test_a_mistake_in_a_config_file_ends_with_2_before_anything_is_done(run: Run) -> None:
    put({FILE: BAD, "pyproject.toml": "[tool.thoughtsmith]\nignor = []\n"})
    for command in (["check", "--fix"], ["scan"], ["insert", "bon", FILE]):
        result = run(*command, code=2)
        assert "pyproject.toml:2: ignor: there is no such key; did you mean ignore?" in result.stderr
    assert Path(FILE).read_text() == BAD


def test_insert_takes_its_settings_from_the_config_file(run: Run) -> None:
    put({"a.md": "# Task\n\nDo it.\n", "thoughtsmith.toml": 'language = "ru"\nn = 7\n'})
    text = run("insert", "bon", "a.md").stdout
    assert "7" in text
    assert any("а" <= letter <= "я" for letter in text)
    assert not any("а" <= letter <= "я" for letter in run("insert", "bon", "a.md", "--lang", "en").stdout)


# Baselines


def entries(path: str = "base.json") -> dict[str, list[tuple[str, str, int]]]:
    data = json.loads(Path(path).read_text(encoding="utf-8"))
    return {name: [tuple(one.values()) for one in found] for name, found in data["files"].items()}


def test_only_new_findings_count(run: Run) -> None:
    put({FILE: BAD, "skills/b/SKILL.md": MENDED})
    assert "let pass from now on: 2" in run("check", "--baseline", "base.json", "--write-baseline").stderr
    assert entries() == {
        FILE: [("TH502", "Reads: all of it", 1)],
        "skills/b/SKILL.md": [("TH511", "review", 1)],
    }
    run("check", "--baseline", "base.json")
    # Moved lines and other spaces change nothing; another text does.
    put({FILE: BAD.replace("name:", "# a comment\nname:").replace("all of", "all  of")})
    run("check", "--baseline", "base.json")
    put({FILE: BAD.replace("all", "some")})
    result = run("check", "--baseline", "base.json", code=1)
    assert "TH502" in result.stdout
    assert "base.json: findings in it that there are no longer: 1" in result.stderr


def test_a_baseline_in_a_config_file_holds_without_being_asked_for(run: Run) -> None:
    put({FILE: BAD, "thoughtsmith.toml": 'baseline = "ci/base.json"', "ci/x": ""})
    run("check", code=1)
    run("check", "--write-baseline")
    run("check")
    assert list(entries("ci/base.json")) == [str(Path(FILE).absolute()).replace("\\", "/")]


def test_writing_a_baseline_again_forgets_what_is_gone_and_keeps_what_was_not_checked(run: Run) -> None:
    names = [f"skills/{name}/SKILL.md" for name in ("a", "b", "c")]
    put(dict.fromkeys(names, MISNAMED))
    run("check", "--baseline", "base.json", "--write-baseline")
    Path(names[2]).unlink()
    put({names[0]: MISNAMED.replace("other", "a")})
    assert "no longer: 2" in run("check", "--baseline", "base.json").stderr
    run("check", names[0], "--baseline", "base.json", "--write-baseline")
    assert list(entries()) == [names[1]]


# Several processes


def test_processes_are_started_where_there_is_enough_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_processes, "_processors", lambda: 4)
    enough = check_processes.WORTH_IT
    given = [(0, 1), (0, 2 * enough), (0, 100 * enough), (1, 100 * enough), (2, 100 * enough), (8, 2 * enough)]
    assert [check_processes.processes(jobs, files) for jobs, files in given] == [1, 2, 4, 1, 2, 2]


@pytest.mark.parametrize("broken", [False, True], ids=["", "that-die"])
def test_several_processes_find_the_same_in_the_same_order(
    run: Run, monkeypatch: pytest.MonkeyPatch, broken: bool
) -> None:
    monkeypatch.setattr(check_processes, "WORTH_IT", 5)
    if broken:
        monkeypatch.setattr("thoughtsmith.cli.check_helpers._start", die)
    files: dict[str, str | bytes] = {f"skills/s{number:02}/SKILL.md": BAD for number in range(20)}
    put({**files, "skills/s05/SKILL.md": MENDED, "skills/s07/SKILL.md": b"\xff"})
    put({"prompts/a.j2": '{% include "b.j2" %}', "prompts/b.j2": '{% include "a.j2" %}'})
    call = ("check", "--no-cache", "--output-format", "json", "--jobs")
    alone, together = (run(*call, jobs, code=2) for jobs in ("1", "2"))
    assert alone.stdout == together.stdout
    assert alone.stderr == together.stderr
    assert len(json.loads(alone.stdout)["findings"]) == 37 + 2


def test_results_come_one_by_one_where_no_other_process_is_left() -> None:
    class Broken(ProcessPoolExecutor):
        def submit(self, *_: object, **__: object) -> NoReturn:
            raise BrokenExecutor

    class Noting(checking.Checker):
        def check(self, task: checking.Task) -> None:
            done.append(task)

    done: list[checking.Task] = []
    tasks = [checking.Task(Found(f"{number}.md", named=True), Settings()) for number in range(5 * AT_ONCE)]
    with Broken(1) as pool:
        results = shared(tasks, lambda: Noting(Content(load_catalogue()), "en", ""), pool, 1)
        next(results)
        assert len(done) == AT_ONCE
        assert len(list(results)) == len(tasks) - 1
    assert done == tasks


def test_references_are_followed_in_the_repository_around(run: Run) -> None:
    Path(".git").mkdir()
    put({"prompts/a.j2": '{% include "b.j2" %}{% include "no.j2" %}', "prompts/b.j2": "Text."})
    assert found(run, "--select", "TH603") == ["prompts/a.j2:1 TH603"]


def test_references_are_followed_outside_of_the_current_folder(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put({"prompts/a.j2": '{% include "b.j2" %}', "prompts/b.j2": '{% include "a.j2" %}', "here/c.txt": ""})
    monkeypatch.chdir("here")
    (first, second) = json.loads(_json(run, "../prompts"))["findings"]
    assert first["path"] == "../prompts/a.j2"
    assert first["message"] == "The file takes itself in without end: a.j2 → b.j2 → a.j2"
    assert second["message"] == "The file takes itself in without end: b.j2 → a.j2 → b.j2"


# What the settings say of messages


def test_a_config_file_says_the_language_of_the_files_around_it(run: Run) -> None:
    put({"a/SKILL.md": BAD, "b/SKILL.md": BAD, "b/thoughtsmith.toml": 'locale = "ru"\n'})
    messages = {one["path"]: one["message"] for one in json.loads(_json(run))["findings"] if one["rule"] == "TH502"}
    assert "quotation marks" in messages["a/SKILL.md"]
    assert "кавычки" in messages["b/SKILL.md"]
    # Who asks for a language gets it.
    assert "кавычки" not in _json(run, "--lang", "en")


def test_findings_have_the_address_of_their_rule_if_a_setting_says_where(run: Run) -> None:
    put({"a/SKILL.md": BAD})
    assert {one["url"] for one in json.loads(_json(run))["findings"]} == {None}
    put({"thoughtsmith.toml": 'docs = "https://e.org/{lang}/{id}"\n'})
    assert "https://e.org/en/TH502" in {one["url"] for one in json.loads(_json(run))["findings"]}


def _json(run: Run, *arguments: str) -> str:
    return run("check", "--output-format", "json", *arguments, code=1).stdout
