"""Results that are kept between runs of `thoughtsmith check`: the same is found with them as without."""

from __future__ import annotations

import os
import sqlite3
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thoughtsmith.cli import checking, main
from thoughtsmith.host import installation, result_cache
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.project.content import Content

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thoughtsmith.techniques.catalogue import Catalogue

BAD = "---\nname: review\ndescription: Reads: all of it\n---\nReview.\n"
MISNAMED = BAD.replace("review", "other")
SKILL = "skills/review/SKILL.md"
DATABASE = "results.sqlite"


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(load_catalogue())


@pytest.fixture
def checked(content: Content, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were really checked, as they are."""
    names: list[str] = []
    check = checking.Checker.check

    def noted(self: checking.Checker, task: checking.Task) -> checking.Result:
        names.append(Path(task.found.path).name)
        return check(self, task)

    def load_once(_folders: Iterable[Path] = ()) -> Catalogue:
        return content.catalogue

    monkeypatch.setattr(checking.Checker, "check", noted)
    monkeypatch.setattr(installation, "load_catalogue", load_once)
    monkeypatch.setattr("thoughtsmith.project.content.Content", lambda _catalogue: content)
    return names


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in ("XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / ".config"))
    monkeypatch.setenv("THOUGHTSMITH_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    place = tmp_path / "work"
    (place / ".git").mkdir(parents=True)
    monkeypatch.chdir(place)
    return place


def put(files: dict[str, str]) -> None:
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def check(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["check", "--output-format", "json", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result.output


def test_what_is_known_is_not_checked_again(folder: Path, checked: list[str], tmp_path: Path) -> None:
    put({SKILL: BAD, "prompts/a.md": "Say hello.", "prompts/b.md": "Say: {{name}}."})
    first = check()
    assert "TH502" in first
    assert sorted(checked) == ["SKILL.md", "a.md", "b.md"]
    assert check() == first
    assert len(checked) == 3
    put({"prompts/a.md": "Say goodbye."})
    check()
    assert checked[3:] == ["a.md"]
    assert check("--no-cache") == first
    assert len(checked) == 7
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {".gitignore", "CACHEDIR.TAG", DATABASE}


def test_fixes_are_done_although_the_findings_are_known(folder: Path, checked: list[str]) -> None:
    put({SKILL: BAD})
    check()
    check("--fix")
    assert 'description: "Reads: all of it"' in Path(SKILL).read_text(encoding="utf-8")
    assert "TH502" not in check()


@pytest.mark.parametrize(
    "change",
    [["--ignore", "TH511"], ["--select", "all"], ["--lang", "ru"]],
    ids=" ".join,
)
def test_other_settings_are_another_result(folder: Path, checked: list[str], change: list[str]) -> None:
    put({SKILL: MISNAMED})
    first = check()
    assert check(*change) != first or change == ["--select", "all"]
    assert check(*change) == check("--no-cache", *change)
    assert check() == first


def test_what_changes_during_a_run_is_seen_by_the_next(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put({"a.j2": '{% include "b.j2" %}\n', "b.j2": "Plan.\n"})
    check_one = checking.Checker.check

    def meanwhile(self: checking.Checker, task: checking.Task) -> checking.Result:
        result = check_one(self, task)
        Path("b.j2").unlink(missing_ok=True)
        return result

    with monkeypatch.context() as patched:
        patched.setattr(checking.Checker, "check", meanwhile)
        assert "TH603" not in check("a.j2")
    assert "TH603" in check("a.j2")


def test_another_program_is_another_result(folder: Path, checked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    put({SKILL: BAD})
    pack = folder / ".thoughtsmith/snippets/own"
    stamps = [result_cache.program_stamp([folder])]
    pack.mkdir(parents=True)
    (pack / "technique.toml").write_text("x", encoding="utf-8")
    stamps.append(result_cache.program_stamp([folder]))
    (pack / "technique.toml").write_text("y = 1", encoding="utf-8")
    stamps.append(result_cache.program_stamp([folder]))
    monkeypatch.setattr(result_cache, "version", lambda _package: "99")
    stamps.append(result_cache.program_stamp([folder]))
    assert len(set(stamps)) == 4


@pytest.mark.parametrize("wreck", ["text", "table", "row", "folder", "read-only"])
def test_a_cache_that_cannot_be_used_is_passed_over(
    folder: Path, checked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wreck: str
) -> None:
    put({SKILL: BAD})
    first = check()
    database = tmp_path / "cache" / DATABASE
    if wreck == "text":
        database.write_text("no database" * 100, encoding="utf-8")
    elif wreck == "folder":
        database.unlink()
        database.mkdir()
    elif wreck == "read-only":
        monkeypatch.setenv("THOUGHTSMITH_CACHE_DIR", str(Path(SKILL).absolute() / "cache"))
    else:
        with sqlite3.connect(database) as opened:
            if wreck == "table":
                opened.execute("DROP TABLE results")
                opened.execute("CREATE TABLE results (other TEXT)")
            else:
                opened.execute("UPDATE results SET data = '[[[1, 2]], [], false]'")
        opened.close()
    assert check() == first
    assert check() == first
    assert len(checked) == {"text": 2, "table": 2, "row": 2, "folder": 3, "read-only": 3}[wreck]


def test_only_so_many_results_are_kept(
    folder: Path, checked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result_cache, "MAX_RESULTS", 3)
    put({f"prompts/{number}.md": str(number) for number in range(9)})
    check()
    opened = sqlite3.connect(tmp_path / "cache" / DATABASE)
    assert opened.execute("SELECT count(*) FROM results").fetchone() == (3,)
    opened.close()


def test_two_runs_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    one, other = (result_cache.ResultCache(str(tmp_path / "cache")) for _ in range(2))
    one.keep(b"1", b"", "one")
    other.keep(b"2", b"", "other")
    one.close()
    other.close()
    after = result_cache.ResultCache(str(tmp_path / "cache"))
    assert [after.find(key, bytes) for key in (b"1", b"2", b"3")] == ["one", "other", None]
    after.close()


FILES = {
    "prompts/ask.j2": ['{% include "tone.j2" %}', '{% include "more/tone.j2" %} {{ name }}', "No reference."],
    "prompts/tone.j2": ["Be brief.", '{% include "ask.j2" %}', "Be\u200b kind."],
    "prompts/more/tone.j2": ['{% include "../ask.j2" %}'],
    SKILL: [BAD, MISNAMED, "See [it](notes.md).", "---\nname: review\ndescription: x\n---\nSee [it](notes.md).\n"],
    "skills/review/notes.md": ["Notes."],
    ".gitignore": ["more/", "notes.md"],
    "thoughtsmith.toml": ['ignore = ["TH511"]', 'select = ["all"]'],
}
STEP = st.sampled_from(sorted(FILES)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from([None, *FILES[name]]))
)


TICKS = count()
"""Times at which files were changed, none twice."""


# That files and results of one example are there in the next is as it should be.
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=8))
def test_whatever_changes_the_same_is_found(
    folder: Path, checked: list[str], steps: list[tuple[str, str | None]]
) -> None:
    for name, text in steps:
        path = Path(name)
        if text is None:
            path.unlink(missing_ok=True)
        else:
            put({name: text})
            tick = next(TICKS)
            os.utime(path, ns=(tick, tick))
        assert check() == check("--no-cache")
