"""An extension is built and installed by the editor's own command, and what that complains about is passed on."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.host.editor_extension import Extension, ExtensionError

if TYPE_CHECKING:
    from pathlib import Path

BUILD = """
import pathlib, sys
out = pathlib.Path(sys.argv[2], "it.vsix")
out.write_text("built")
print("building")
print(out)
"""
CODE = """
import pathlib, sys
state = pathlib.Path(__file__).with_name("installed")
match sys.argv[1:]:
    case ["--list-extensions", "--show-versions"]:
        print("other.one@1.0")
        if state.exists():
            print("Some.Thing@1.2")
    case ["--install-extension", path, "--force"]:
        state.write_text(pathlib.Path(path).read_text())
    case ["--uninstall-extension", "some.thing"]:
        state.unlink()
    case rest:
        sys.exit(f"what is {rest}?")
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="The stand-in for the editor is a script.")


@pytest.fixture
def extension(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Extension:
    program = tmp_path / "some-code"
    program.write_text(f"#!{sys.executable}\n{CODE}", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    build = tmp_path / "build.py"
    build.write_text(BUILD, encoding="utf-8")
    return Extension("some.thing", build, ("no-such-code", "some-code"))


def test_it_comes_and_goes(extension: Extension, tmp_path: Path) -> None:
    program = extension.program()
    assert program == str(tmp_path / "some-code")
    assert extension.version(program) is None
    extension.install(program)
    assert (tmp_path / "installed").read_text() == "built"
    assert extension.version(program) == "1.2"
    extension.uninstall(program)
    assert extension.version(program) is None


def test_what_fails_says_why(extension: Extension) -> None:
    extension.build.write_text("import sys; sys.exit('no network')", encoding="utf-8")
    with pytest.raises(ExtensionError, match="no network") as error:
        extension.install(extension.program() or "")
    assert error.value.program == sys.executable
