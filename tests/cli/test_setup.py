"""`thoughtsmith setup`: shown, written where the editor looks, taken back, and nothing of the user's is lost."""

from __future__ import annotations

import json
import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.host.editor_receipt import digest
from thoughtsmith.host.editors import editor_ids, load_editor
from thoughtsmith.text import jsonc

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Run

NAME = "thoughtsmith.exe" if sys.platform == "win32" else "thoughtsmith"
EDITORS = editor_ids()
WITH_SNIPPETS = [editor for editor in EDITORS if any(install.snippets for install in load_editor(editor).installs)]
BY_FILES = [editor for editor in EDITORS if load_editor(editor).extension is None]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder with `thoughtsmith` on the PATH."""
    folder = tmp_path / "home"
    folder.mkdir()
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(folder))
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    put_on_path(tmp_path / "bin", NAME, monkeypatch)
    return folder


def put_on_path(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch, text: str = "") -> None:
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(text)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


def content(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, with its rights."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), stat.S_IMODE(path.stat().st_mode))
        for path in folder.rglob("*")
        if path.is_file()
    }


def put(path: Path, data: bytes | str, mode: int = 0o644) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    path.chmod(mode)
    return path


# What it shows


@pytest.mark.parametrize("editor", EDITORS)
def test_an_editor_gets_a_configuration(run: Run, home: Path, editor: str) -> None:
    shown = run("setup", editor)
    assert shown.stdout.strip()
    assert "{folder}" not in shown.stdout
    for install in load_editor(editor).installs:
        if not install.snippets:
            assert str(install.target) in shown.stderr
    assert content(home) == {}


@pytest.mark.parametrize("editor", BY_FILES)
@pytest.mark.parametrize("folder", ["bin", "a folder"])
def test_a_program_that_is_not_on_the_path_is_named_in_full(
    run: Run, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, editor: str, folder: str
) -> None:
    put(tmp_path / folder / NAME, "")
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / folder / "python"))
    program = str(tmp_path / folder / NAME)
    quoted = f'"{program}"' if " " in program else program
    text = run("setup", editor).stdout
    assert json.dumps(program) in text or json.dumps(f"{quoted} server") in text


def test_an_unknown_editor_is_a_usage_error_that_helps(run: Run, home: Path) -> None:
    assert "neovim" in run("setup", "neovi", code=2).stderr


@pytest.mark.parametrize(("name", "editor"), [("nvim", "neovim"), ("HX", "helix"), ("Code", "vscode")])
def test_an_editor_may_be_called_by_its_command(run: Run, home: Path, name: str, editor: str) -> None:
    assert run("setup", name).stdout == run("setup", editor).stdout


@pytest.mark.parametrize("arguments", [("--write",), ("--undo",), ("helix", "--write", "--undo")])
def test_arguments_that_make_no_sense_are_a_usage_error(run: Run, home: Path, arguments: tuple[str, ...]) -> None:
    run("setup", *arguments, code=2)


def test_the_list_says_what_is_installed_and_set_up(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_path(home / "bin", "hx", monkeypatch)
    run("setup", "crush", "--write")
    put(home / ".copilot" / "lsp-config.json", '{"lspServers": {"thoughtsmith": {"command": "mine"}}}')
    put(home / ".config" / "kate" / "lspclient" / "settings.json", "{")
    listed = json.loads(run("setup", "--output-format", "json").stdout)
    found = {entry["id"]: (entry["installed"], entry["configured"]) for entry in listed["editors"]}
    assert set(found) == set(EDITORS)
    assert found["helix"] == (True, "new")
    states = {editor: found[editor][1] for editor in ("crush", "copilot", "kate", "zed")}
    assert states == {"crush": "done", "copilot": "by-hand", "kate": "refused", "zed": "new"}
    assert "вручную" in run("setup", "--lang", "ru").stdout


def test_without_the_command_of_the_editor_nothing_can_be_installed(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(home))
    for option in ("--write", "--undo"):
        assert "code, code-insiders" in run("setup", "vscode", option, code=2).stderr


# What it writes


@pytest.mark.parametrize(
    ("editor", "options"),
    [(editor, ()) for editor in BY_FILES] + [(editor, ("--snippets",)) for editor in WITH_SNIPPETS],
)
def test_written_once_and_taken_back(run: Run, home: Path, editor: str, options: tuple[str, ...]) -> None:
    put(home / "other", "mine")
    before = content(home)
    dry = run("setup", editor, *options, "--diff").stdout
    assert content(home) == before
    run("setup", editor, *options, "--write")
    written = content(home)
    for install in load_editor(editor).installs:
        if install.snippets == bool(options):
            assert install.target.exists()
            assert str(install.target) in dry
    assert "nothing to do" in run("setup", editor, *options, "--write").stdout
    assert content(home) == written
    run("setup", editor, *options, "--undo")
    assert content(home) == before
    assert "nothing that" in run("setup", editor, *options, "--undo").stdout


@pytest.mark.parametrize("option", ["--write", "--diff"])
def test_an_editor_without_snippet_files_says_so(run: Run, home: Path, option: str) -> None:
    assert "no snippet files" in run("setup", "helix", "--snippets", option, code=2).stderr


ZED = '\ufeff// mine\r\n{\r\n\t"lsp": {\r\n\t\t"x": {}, // y\r\n\t},\r\n}\r\n'
HELIX = 'theme = "x"\n\n[[language]]\nname = "markdown"\nlanguage-servers = ["marksman"] # mine\n'
CONFIGURED = [
    ("zed", ".config/zed/settings.json", ZED),
    ("helix", ".config/helix/languages.toml", HELIX),
    ("emacs", ".emacs.d/init.el", ";; no newline at the end"),
    ("emacs", ".emacs", "(setq x 1)\r\n"),
    ("sublime", ".config/sublime-text/Packages/User/LSP.sublime-settings", ""),
    ("kate", ".config/kate/lspclient/settings.json", '{"servers": {"c": {"command": ["clangd"]}}}'),
]


@pytest.mark.skipif(sys.platform != "linux", reason="The paths are those of Linux.")
@pytest.mark.parametrize("linked", [False, True], ids=["", "linked"])
@pytest.mark.parametrize(("editor", "name", "text"), CONFIGURED)
def test_a_file_of_the_user_is_added_to_and_restored_exactly(
    run: Run, home: Path, editor: str, name: str, text: str, linked: bool
) -> None:
    path = home / name
    real = put(home / "dotfiles" / "it" if linked else path, text, 0o640)
    if linked:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(real)
    before = content(home)
    shown = run("setup", editor, "--write").stdout
    after = real.read_bytes()
    assert f"+++ {path}" in shown
    assert b"thoughtsmith" in after
    assert all(line.rstrip(b", ") in after for line in text.encode().splitlines() if b"servers" not in line)
    assert ("\r\n" in text) == (b"\r\n" in after)
    assert b"\r\n" not in after or after.count(b"\n") == after.count(b"\r\n")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert path.is_symlink() == linked
    backup = path.with_name(f"{path.name}.before-thoughtsmith")
    assert backup.read_bytes() == text.encode()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o640
    if path.suffix == ".json":
        jsonc.member(after.decode("utf-8-sig"), ())
    run("setup", editor, "--undo")
    assert content(home) == before
    assert path.is_symlink() == linked


@pytest.mark.skipif(sys.platform != "linux", reason="The paths are those of Linux.")
def test_helix_keeps_the_servers_that_the_user_chose(run: Run, home: Path) -> None:
    path = put(home / ".config/helix/languages.toml", HELIX)
    run("setup", "helix", "--write")
    text = path.read_text(encoding="utf-8")
    assert text.count('name = "markdown"') == 1
    assert 'language-servers = ["thoughtsmith", "marksman"] # mine' in text


@pytest.mark.skipif(sys.platform != "linux", reason="The paths are those of Linux.")
def test_a_backup_never_takes_the_place_of_another(run: Run, home: Path) -> None:
    put(home / ".emacs.d/init.el", "new")
    first = put(home / ".emacs.d/init.el.before-thoughtsmith", "old")
    run("setup", "emacs", "--write")
    assert first.read_text() == "old"
    assert first.with_name(f"{first.name}-2").read_text() == "new"


@pytest.mark.skipif(sys.platform != "linux", reason="The paths are those of Linux.")
def test_what_an_earlier_version_wrote_is_brought_up_to_date_and_undone_to_the_beginning(
    run: Run, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home / ".config/crush/crush.json", '{"mine": 1}')
    put(home / ".emacs.d/init.el", ";; mine\n")
    before = content(home)
    for editor in ("crush", "emacs"):
        run("setup", editor, "--write")
    # Another place of the program is what mostly changes.
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    for editor in ("crush", "emacs"):
        assert '"configured": "old"' in run("setup", "--output-format", "json").stdout
        run("setup", editor, "--write")
        assert "nothing to do" in run("setup", editor, "--write").stdout
    assert str(tmp_path / "bin" / NAME) in (home / ".config/crush/crush.json").read_text()
    for editor in ("crush", "emacs"):
        run("setup", editor, "--undo")
    assert content(home) == before


def test_files_that_a_version_no_longer_has_go_away(run: Run, home: Path) -> None:
    run("setup", "vim", "--write")
    (receipt,) = (path for path in home.rglob("vim.json"))
    stale = put(load_editor("vim").installs[0].target / "plugin" / "old.vim", 'finish " 1')
    data = json.loads(receipt.read_text(encoding="utf-8"))
    (entry, *_) = data["files"]
    data["files"][str(stale)] = {**data["files"][entry], "digest": digest(stale.read_bytes())}
    receipt.write_text(json.dumps(data), encoding="utf-8")
    assert str(stale) in run("setup", "vim", "--write").stdout
    assert not stale.exists()


# What it does not write


def test_a_file_of_somebody_else_is_not_replaced(run: Run, home: Path) -> None:
    (install,) = (install for install in load_editor("zed").installs if install.snippets)
    path = put(install.target / "markdown.json", "{}")
    assert str(path) in " ".join(run("setup", "zed", "--snippets", "--write", code=2).stderr.split())
    assert path.read_text() == "{}"


def target_of(editor: str) -> Path:
    return [install.target for install in load_editor(editor).installs if not install.snippets][-1]


REFUSED = [
    ("helix", "a = [\n", "no TOML"),
    ("crush", '{\n  "lsp": 3\n}', "line 2"),
    ("kate", '{"servers": {"markdown": {"command": ["marksman"]}}}', "`servers.markdown`"),
    ("crush", b"\xff\xfe{\x00}\x00", "UTF-8"),
    ("emacs", "x\n;; >>> thoughtsmith >>>\n", "line 2"),
    ("crush", None, "is a folder"),
]


@pytest.mark.parametrize(("editor", "data", "message"), REFUSED)
def test_a_file_that_cannot_be_added_to_is_left_alone(
    run: Run, home: Path, editor: str, data: bytes | str | None, message: str
) -> None:
    path = target_of(editor)
    if data is None:
        path.mkdir(parents=True)
    else:
        put(path, data)
    before = content(home)
    said = " ".join(run("setup", editor, "--write", code=2).stderr.split())
    assert message in said
    assert str(path) in said
    assert content(home) == before


@pytest.mark.parametrize(
    ("editor", "text"),
    [
        ("crush", '{"lsp": {"thoughtsmith": {"command": "mine"}}}'),
        ("helix", '[language-server.thoughtsmith]\ncommand = "mine"\n'),
        ("emacs", '(load "~/thoughtsmith.el")\n'),
    ],
)
def test_what_somebody_set_up_by_hand_stays(run: Run, home: Path, editor: str, text: str) -> None:
    put(target_of(editor), text)
    before = content(home)
    assert "already" in run("setup", editor, "--write").stdout
    assert "уже есть" in run("setup", editor, "--write", "--lang", "ru").stdout
    assert content(home) == before


@pytest.mark.parametrize(
    ("editor", "old", "new"),
    [
        ("crush", '"command": "', '"command": "/mine/'),
        ("vim", "finish", 'finish " mine'),
        ("emacs", "nil t", "nil nil"),
        ("helix", "[[language]]", "# mine\n[[language]]"),
    ],
)
def test_undo_does_not_throw_away_what_was_changed_in_our_lines(
    run: Run, home: Path, editor: str, old: str, new: str
) -> None:
    run("setup", editor, "--write")
    path = target_of("vim") / "plugin" / "thoughtsmith.vim" if editor == "vim" else target_of(editor)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    before = content(home)
    assert "by hand" in run("setup", editor, "--write").stdout
    assert content(home) == before
    said = " ".join(run("setup", editor, "--undo", code=2).stderr.split())
    assert str(path) in said
    assert "nothing was taken back" in said
    assert content(home) == before


ADDED = [
    ("emacs", ".emacs.d/init.el", ";; mine\n", ";; more\n"),
    ("emacs", ".emacs.d/init.el", None, ";; more\n"),
    ("helix", ".config/helix/languages.toml", HELIX, '\n[[language]]\nname = "rust"\n'),
]


@pytest.mark.skipif(sys.platform != "linux", reason="The paths are those of Linux.")
@pytest.mark.parametrize("anew", [False, True], ids=["", "written-anew"])
@pytest.mark.parametrize(("editor", "name", "text", "more"), ADDED)
def test_undo_leaves_what_was_added_since(
    run: Run,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    editor: str,
    name: str,
    text: str | None,
    more: str,
    anew: bool,
) -> None:
    path = home / name
    if text is not None:
        put(path, text)
    run("setup", editor, "--write")
    path.write_text(f"# first\n{path.read_text(encoding='utf-8')}{more}", encoding="utf-8")
    if anew:
        monkeypatch.setenv("PATH", str(home / "empty"))
        monkeypatch.setattr(sys, "executable", str(put(home / "bin" / NAME, "").with_name("python")))
        run("setup", editor, "--write")
        assert more in path.read_text(encoding="utf-8")
        assert editor != "helix" or str(home / "bin" / NAME) in path.read_text(encoding="utf-8")
    run("setup", editor, "--undo")
    assert path.read_text(encoding="utf-8") == f"# first\n{text or ''}{more}"
    assert not list(home.rglob("*.before-thoughtsmith*")), "nothing is left behind"
    assert "nothing that" in run("setup", editor, "--undo").stdout


@pytest.mark.parametrize("anew", [False, True], ids=["", "written-anew"])
def test_what_was_added_need_not_be_utf_8(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, anew: bool) -> None:
    run("setup", "vim", "--write")
    path = target_of("vim") / "plugin" / "thoughtsmith.vim"
    path.write_bytes(path.read_bytes() + b'" caf\xe9\n')
    if anew:
        monkeypatch.setenv("PATH", str(home / "empty"))
        monkeypatch.setattr(sys, "executable", str(put(home / "bin" / NAME, "").with_name("python")))
        run("setup", "vim", "--write")
    run("setup", "vim", "--undo")
    assert path.read_bytes() == b'" caf\xe9\n'


def test_a_receipt_of_an_earlier_version_counts(run: Run, home: Path) -> None:
    run("setup", "vim", "--write")
    (receipt,) = home.rglob("vim.json")
    data = json.loads(receipt.read_bytes())
    for file in data["files"].values():
        del file["parts"]
    put(receipt, json.dumps(data))
    run("setup", "vim", "--undo")
    assert not target_of("vim").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="The paths are those of Linux.")
def test_when_the_receipt_cannot_be_written_nothing_is(run: Run, home: Path) -> None:
    put(target_of("emacs"), ";; mine")
    put(home / ".local" / "state" / "thoughtsmith", "a file")
    before = content(home)
    assert "not written" in run("setup", "emacs", "--write", code=2).stderr
    assert content(home) == before


@pytest.mark.skipif(sys.platform != "linux", reason="The paths are those of Linux.")
def test_what_could_not_be_written_once_is_written_later(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("setup", "crush", "--write")
    monkeypatch.setenv("PATH", str(home / "empty"))
    monkeypatch.setattr(sys, "executable", str(put(home / "bin" / NAME, "").with_name("python")))
    target_of("crush").chmod(0o444)
    run("setup", "crush", "--write", code=2)
    target_of("crush").chmod(0o644)
    run("setup", "crush", "--write")
    assert str(home / "bin" / NAME) in target_of("crush").read_text(encoding="utf-8")


def test_when_one_file_cannot_be_written_none_is(run: Run, home: Path) -> None:
    put(target_of("emacs"), ";; mine", 0o444)
    before = content(home)
    assert target_of("emacs").name in run("setup", "emacs", "--write", code=2).stderr
    assert content(home) == before
