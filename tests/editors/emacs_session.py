"""A running Emacs in a terminal: typed into like a user would, and asked for what it knows."""

from __future__ import annotations

import base64
import json
import subprocess
from typing import TYPE_CHECKING, Any

from tests.editors.terminal import PATIENCE, Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.editors.installers.emacs import Emacs

_INIT = """
(setq native-comp-jit-compilation nil native-comp-enable-subr-trampolines nil
      make-backup-files nil create-lockfiles nil auto-save-default nil
      inhibit-startup-screen t enable-local-variables :safe confirm-kill-processes nil
      lsp-warn-no-matched-clients nil lsp-enable-suggest-server-download nil
      lsp-session-file (expand-file-name "lsp-session" "~/") lsp-auto-guess-root t)
(require 'server)
(setq server-socket-dir (expand-file-name "~/") server-name "socket")
(server-start)
"""
"""What has nothing to do with prompts: no files beside those of the test, no questions, and a way to ask."""


class Session:
    """Emacs with the configuration that a program prints."""

    def __init__(
        self, emacs: Emacs, tmux: Path, program: Path, home: Path, *, packages: Sequence[str], before: str = ""
    ) -> None:
        """`home` is an empty folder. `before` is Lisp to be run before our package is loaded."""
        self.home = home
        self.folder = home / "work"
        # So that it is a project, whose folders have one server in common.
        (self.folder / ".git").mkdir(parents=True)
        self._client = emacs.client
        printed = subprocess.run([program, "setup", "emacs"], capture_output=True, check=True).stdout.decode()
        init = home / "init.el"
        # As packages are when they are installed.
        ready = "".join(f'(load "{name}-autoloads" t t)' for name in packages)
        init.write_text(f";; -*- lexical-binding: t -*-\n{_INIT}{ready}{before}\n{printed}", encoding="utf-8")
        folders = [
            argument for name in packages for argument in ("-L", str(next(emacs.packages.glob(f"{name}-[0-9]*"))))
        ]
        command: list[str | Path] = [emacs.editor, "-Q", "-nw", *folders, "-l", init]
        self.terminal = Terminal(tmux, self.folder, command, environment={"HOME": str(home)})
        try:
            self.terminal.until("Emacs listens", (home / "socket").exists)
            self.terminal.shows("*scratch*")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self.terminal.close()

    def lisp(self, form: str) -> Any:
        """The value of a form in the buffer that the user sees, as JSON has it: nil is `None`, a vector a list."""
        wrapped = f"""(with-current-buffer (window-buffer (selected-window))
          (base64-encode-string (json-serialize (vector {form}) :null-object nil) t))"""
        command = [str(self._client), "--socket-name", str(self.home / "socket"), "--eval", wrapped]
        done = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)
        assert done.returncode == 0, done.stderr.decode() or done.stdout.decode()
        (value,) = json.loads(base64.b64decode(done.stdout.strip().strip(b'"')))
        return value

    def until(self, what: str, form: str) -> None:
        """Wait until the form is not nil."""
        self.terminal.until(what, lambda: self.lisp(f"(and {form} t)"))

    def command(self, name: str, *answers: str) -> None:
        """Run a command by its name, and type answers into what it asks."""
        self.terminal.keys("M-x")
        self.terminal.until("Emacs asks for a command", lambda: self.terminal.screen.rstrip().endswith("\nM-x"))
        for text in (name, *answers):
            self.terminal.type(text)
            self.terminal.keys("Enter")

    def open(self, text: str, name: str = "план.prompt.md") -> Path:
        """Visit a new file with the text."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        self.terminal.keys("C-x", "C-f")
        self.terminal.type(str(file))
        self.terminal.keys("Enter")
        self.until("the file is visited", f'(equal buffer-file-name "{file}")')
        return file

    @property
    def text(self) -> str:
        return str(self.lisp("(buffer-substring-no-properties (point-min) (point-max))"))

    def holds(self, text: str) -> None:
        self.terminal.until(f"the text is\n{text}", lambda: self.text == text)

    def changed(self, before: str) -> str:
        """The text as soon as it is another than before."""
        self.terminal.until("the text has changed", lambda: self.text != before)
        return self.text

    def go_behind(self, text: str) -> None:
        """Put the cursor behind the first place where the text stands."""
        self.lisp(
            f"(progn (goto-char (point-min)) (search-forward {json.dumps(text, ensure_ascii=False)})"
            " (set-window-point (selected-window) (point)))"
        )

    def close_files(self) -> None:
        """Close all files, and leave whatever is being asked or shown."""
        self.terminal.keys("C-g")
        self.lisp("""(progn
          (dolist (buffer (buffer-list))
            (with-current-buffer buffer
              (when (or buffer-file-name (string-prefix-p "*Thoughtsmith" (buffer-name)))
                (set-buffer-modified-p nil)
                (kill-buffer))))
          (delete-other-windows)
          (switch-to-buffer "*scratch*")
          nil)""")
