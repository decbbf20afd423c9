"""Which settings hold for a file: the nearest config file, what it builds upon, and what becomes of mistakes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.config.settings import Accepted, FileSettings, Settings
from thoughtsmith.host.config_files import ConfigFiles
from thoughtsmith.rules.selection import layered, selected

if TYPE_CHECKING:
    from pathlib import Path


def put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        # Two writes in one tick of the clock would look like one.
        stamp = path.stat().st_mtime_ns + 1_000_000_000 * (1 + sum(map(ord, text)) % 1000)
        os.utime(path, ns=(stamp, stamp))


def of(folder: Path, name: str, base: Settings | None = None, files: ConfigFiles | None = None) -> FileSettings:
    return (files or ConfigFiles()).of(str(folder / name), base or Settings())


def on(settings: Settings) -> set[str]:
    return {rule.id for rule in selected(settings.select, settings.ignore).rules}


def problems(files: ConfigFiles, folder: Path) -> list[str]:
    return [p._replace(path=os.path.relpath(p.path, folder)).line_of_text("en") for p in files.problems]


def test_without_a_config_file_the_base_holds(tmp_path: Path) -> None:
    assert of(tmp_path, "a.md", Settings(n=4)) == FileSettings(Settings(n=4))


@pytest.mark.parametrize(
    ("files", "n"),
    [
        ({"thoughtsmith.toml": "n = 3", ".thoughtsmith.toml": "n = 4"}, 3),
        ({".thoughtsmith.toml": "n = 4", "pyproject.toml": "[tool.thoughtsmith]\nn = 5"}, 4),
        ({"pyproject.toml": "[tool.thoughtsmith]\nn = 5"}, 5),
        ({"pyproject.toml": "[project]", "../thoughtsmith.toml": "n = 6"}, 6),
        ({"../thoughtsmith.toml": "n = 6", "thoughtsmith.toml": ""}, None),
        ({"../../.thoughtsmith.toml": "n = 7", "deep/thoughtsmith.toml": "n = 8"}, 7),
    ],
)
def test_the_nearest_file_wins(tmp_path: Path, files: dict[str, str], n: int | None) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    put(folder, files)
    assert of(folder, "x.md").settings.n == n
    assert of(folder, "sub/x.md").settings.n == n


def test_the_file_wins_over_the_editor_and_the_editor_over_the_user(tmp_path: Path) -> None:
    put(tmp_path, {"user.toml": 'n = 3\nmodel = "a"\nstyle = "xml"', "w/thoughtsmith.toml": "n = 5"})
    files = ConfigFiles(str(tmp_path / "user.toml"))
    base = files.user_settings(Settings())
    assert (base.n, base.model, base.style) == (3, "a", "xml")
    editor = layered(base, {"n": 4, "model": "b"})
    found = of(tmp_path, "w/x.md", editor, files).settings
    assert (found.n, found.model, found.style) == (5, "b", "xml")


def test_rules_are_on_or_off_as_the_last_that_speaks_of_them_says(tmp_path: Path) -> None:
    put(tmp_path, {"base.toml": 'ignore = ["data"]', "thoughtsmith.toml": 'extend = "base.toml"\nselect = ["TH502"]'})
    settings = of(tmp_path, "a.md").settings
    assert {"TH501", "TH502"} & on(settings) == {"TH502"}
    assert "TH502" not in on(layered(settings, {"ignore": ("TH50",)}))
    assert {"TH501", "TH502"} <= on(layered(settings, {"select": ("all",)}))
    # Within one of them `ignore` wins.
    assert {"TH501", "TH502"} & on(layered(settings, {"select": ("all",), "ignore": ("TH501",)})) == {"TH502"}


def test_extend_merges_tables_and_rules_and_lets_other_keys_win(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "shared/base.toml": 'n = 3\nmodel = "o3"\n[severity]\nTH502 = "hint"\nTH503 = "info"\n'
            '[per-file-ignores]\n"*.md" = ["TH503"]\n',
            "w/thoughtsmith.toml": 'extend = "../shared/base.toml"\nn = 4\nexclude = ["out/"]\n'
            '[severity]\nTH502 = "info"\n',
        },
    )
    files = ConfigFiles()
    found = of(tmp_path, "w/out/a.md", files=files)
    assert (found.settings.n, found.settings.model, found.excluded) == (4, "o3", True)
    severities = {rule.id: rule.severity.value for rule in selected((), (), found.settings.severity).rules}
    assert (severities["TH502"], severities["TH503"]) == ("info", "info")
    # Patterns are relative to the file that they stand in, and this one lies elsewhere.
    assert "TH503" in on(found.settings)
    assert files.problems == ()


def test_patterns_are_those_of_gitignore_below_the_config_file(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "thoughtsmith.toml": 'include = ["docs/**/*.txt", "!docs/no.txt"]\nexclude = ["/vendor/"]\n'
            '[per-file-ignores]\n"drafts/" = ["TH501"]\n"*.j2" = ["TH606"]\n'
        },
    )
    files = ConfigFiles()
    assert of(tmp_path, "docs/a/b.txt", files=files).included
    assert not of(tmp_path, "docs/no.txt", files=files).included
    assert of(tmp_path, "vendor/x/a.md", files=files).excluded
    assert not of(tmp_path, "a/vendor/a.md", files=files).excluded
    assert {"TH501", "TH606"} & on(of(tmp_path, "a/drafts/b.j2", files=files).settings) == set()
    assert {"TH501", "TH606"} <= on(of(tmp_path, "a/b.md", files=files).settings)


def test_files_have_the_format_that_settings_give_them(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "base.toml": 'formats = {"*.tpl" = "poml"}',
            "w/thoughtsmith.toml": 'extend = "../base.toml"\n[formats]\n"mails/*.txt" = "jinja"\n'
            '"*.tpl" = "jinja"\n"last.tpl" = "dotprompt"\n',
        },
    )
    files = ConfigFiles()
    files.set_roots((tmp_path.as_posix(), f"{tmp_path.as_posix()}/other"))
    editor = Settings(formats=(("other/*.txt", "poml"), ("/*.in", "promptfoo")))
    expected = {
        "w/mails/a.txt": "jinja",
        "w/mails/deep/a.txt": "",
        "w/a.txt": "",
        "w/x.tpl": "jinja",
        "w/deep/last.tpl": "dotprompt",
        "other/a.txt": "",
        "a.in": "promptfoo",
        "other/a.in": "promptfoo",
        "w/a.in": "",
    }
    for name, id in expected.items():
        found = of(tmp_path, name, editor, files)
        assert (found.settings.format, found.included) == (id, bool(id)), name
        assert files.format_of((tmp_path / name).as_posix(), editor) == id
    files.set_roots(())
    assert of(tmp_path, "deep/er/a.in", editor, files).settings.format == "promptfoo", "only the name can be meant"
    assert of(tmp_path, "other/a.txt", editor, files).settings.format == ""


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"thoughtsmith.toml": '\nextend = "no.toml"'}, "thoughtsmith.toml:2: extend: there is no file {}/no.toml"),
        (
            {"thoughtsmith.toml": 'extend = "b.toml"', "b.toml": 'n = 3\nextend = "thoughtsmith.toml"'},
            "b.toml:2: extend: the files build upon each other in a circle: thoughtsmith.toml → b.toml → thoughtsmith.",
        ),
        ({"thoughtsmith.toml": 'extend = "thoughtsmith.toml"'}, "thoughtsmith.toml:1: extend: the files build upon"),
        (
            {"thoughtsmith.toml": 'baseline = "b.json"', "b.json": "[]"},
            "thoughtsmith.toml:1: baseline: that file is no",
        ),
        ({"thoughtsmith.toml": 'extend = "b.toml"', "b.toml": "n = 99"}, "b.toml:1: n: must be a whole number"),
    ],
)
def test_mistakes_are_told_once_and_the_rest_holds(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    put(tmp_path, files)
    found = ConfigFiles()
    assert of(tmp_path, "a.md", files=found) == of(tmp_path, "b/c.md", files=found)
    (problem,) = problems(found, tmp_path)
    assert problem.startswith(expected.format(str(tmp_path).replace("\\", "/")))


def test_the_last_good_settings_hold_while_a_file_has_mistakes(tmp_path: Path) -> None:
    put(tmp_path, {"thoughtsmith.toml": "n = 3"})
    files = ConfigFiles()
    assert of(tmp_path, "a.md", files=files).settings.n == 3
    assert not files.refresh()
    for text, n, wrong in (("n = 99", 3, 1), ("n =", 3, 1), ("n = 4", 4, 0)):
        put(tmp_path, {"thoughtsmith.toml": text})
        assert files.refresh()
        assert of(tmp_path, "a.md", files=files).settings.n == n
        assert len(files.problems) == wrong


def test_a_file_that_comes_or_goes_is_noticed(tmp_path: Path) -> None:
    files = ConfigFiles()
    assert of(tmp_path, "a/b.md", files=files).settings.n is None
    put(tmp_path, {"a/.thoughtsmith.toml": "n = 3"})
    assert files.refresh()
    assert of(tmp_path, "a/b.md", files=files).settings.n == 3
    (tmp_path / "a/.thoughtsmith.toml").unlink()
    assert files.refresh()
    assert of(tmp_path, "a/b.md", files=files).settings.n is None


def test_a_baseline_is_read_and_read_again_when_it_changes(tmp_path: Path) -> None:
    entry = '{"version": 1, "files": {"a/b.md": [{"rule": "TH502", "text": "x: y", "times": 2}]}}'
    put(tmp_path, {"thoughtsmith.toml": 'baseline = "base.json"', "base.json": entry})
    files = ConfigFiles()
    assert of(tmp_path, "a/b.md", files=files).settings.accepted == (Accepted("TH502", "x: y", 2),)
    assert of(tmp_path, "a/c.md", files=files).settings.accepted == ()
    put(tmp_path, {"base.json": '{"version": 1, "files": {}}'})
    assert files.refresh()
    assert of(tmp_path, "a/b.md", files=files).settings.accepted == ()
