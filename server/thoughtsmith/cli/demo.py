"""`thoughtsmith demo`: a real session with the real server, shown as a transcript.

The server runs as a process of its own, and this file is a small editor: it speaks JSON-RPC over the pipe, types,
accepts a completion, hovers and applies a code action, and shows what came back.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from thoughtsmith.cli.options import lang_option, locale_language
from thoughtsmith.cli.terminal import console

if TYPE_CHECKING:
    from rich.console import Console
    from typing_extensions import Self

    from thoughtsmith.techniques.model import Language

Json = dict[str, Any]

_URI = "file:///demo/logistics.prompt.md"
_SAY: dict[Language, dict[str, str]] = {
    "en": {
        "open": "A prompt is opened",
        "type": "`bon` is typed at the second item, and the editor asks for completions",
        "accept": "The first one is accepted: it continues the list, in the language of the prompt",
        "hover": "The mouse rests on “chain of thought”",
        "select": "The task is selected, and the editor asks for code actions",
        "apply": "“{title}” is chosen",
        "stops": "Tab stops are shown as ‹number:text›; in the editor, Tab moves from one to the next.",
        "name": "chain of thought",
        "task": "Design a delivery network that gets through the winter peak without late parcels.",
    },
    "ru": {
        "open": "Открываем промпт",
        "type": "Во втором пункте набираем `bon`, и редактор просит подсказки",
        "accept": "Принимаем первую: она продолжает список и написана на языке промпта",
        "hover": "Наводим курсор на слова «цепочку рассуждений»",
        "select": "Выделяем задачу, и редактор просит действия",
        "apply": "Выбираем «{title}»",
        "stops": "Позиции табуляции показаны как ‹номер:текст›; в редакторе между ними переходят клавишей Tab.",
        "name": "цепочку рассуждений",
        "task": "Спроектируй сеть доставки, которая пройдёт зимний пик без опозданий.",
    },
}
_TAB_STOP = re.compile(r"\$\{(\d+):((?:\\.|[^}\\])*)\}|\$(\d+)")
_CAPABILITIES: Json = {
    "general": {"positionEncodings": ["utf-32"]},
    "textDocument": {
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "documentationFormat": ["markdown"],
                "insertTextModeSupport": {"valueSet": [1, 2]},
            }
        },
        "hover": {"contentFormat": ["markdown"]},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["refactor"]}},
            "resolveSupport": {"properties": ["edit"]},
        },
    },
    "workspace": {"workspaceEdit": {"documentChanges": True, "snippetEditSupport": True}},
}


@click.command(short_help="Show a real session with the server.")
@lang_option("Only the English or only the Russian session; both by default.")
def demo(lang: Language | None) -> None:
    """Start the server, edit a sample prompt with it, and show what an editor would."""
    languages: tuple[Language, ...] = (lang,) if lang else ("en", "ru")
    if lang is None and locale_language() == "ru":
        languages = ("ru", "en")
    for language in languages:
        with _Client(language) as client:
            _Session(client, language, console()).play()


class _Client:
    """The client's end of the connection: requests are answered before the next is sent."""

    def __init__(self, language: Language) -> None:
        import subprocess  # Only the demo needs it, not every `--help`.

        self._process = subprocess.Popen(
            [sys.executable, "-m", "thoughtsmith", "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._language = language
        self._id = 0

    def __enter__(self) -> Self:
        self.request(
            "initialize", {"processId": None, "rootUri": None, "locale": self._language, "capabilities": _CAPABILITIES}
        )
        self.notify("initialized", {})
        return self

    def __exit__(self, *_: object) -> None:
        self.request("shutdown", None)
        self.notify("exit", None)
        self._process.wait(timeout=10)
        self._pipe(self._process.stdin).close()
        self._pipe(self._process.stdout).close()

    def request(self, method: str, params: Json | None) -> Any:
        """The result. Raises `click.ClickException` if the server answers with an error or is gone."""
        self._id += 1
        self._send({"id": self._id, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._id and "method" not in message:
                if "error" in message:
                    raise click.ClickException(f"{method}: {message['error']['message']}")
                return message["result"]

    def notify(self, method: str, params: Json | None) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        pipe = self._pipe(self._process.stdin)
        pipe.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        pipe.flush()

    def _receive(self) -> Json:
        pipe = self._pipe(self._process.stdout)
        length = 0
        while (header := pipe.readline().strip()) or not length:
            if not header:
                raise click.ClickException("the server has ended unexpectedly")
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: Json = json.loads(pipe.read(length))
        return message

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise click.ClickException("the server could not be started")
        return pipe


class _Session:
    """What the user does, step by step."""

    def __init__(self, client: _Client, language: Language, out: Console) -> None:
        self._client = client
        self._say = _SAY[language]
        self._out = out
        self._version = 1
        prompts = Path(__file__).with_name("demo_prompts")
        self._text = (prompts / f"logistics.{language}.md").read_text(encoding="utf-8")

    def play(self) -> None:
        self._step("open")
        self._show_text(self._text)
        document = {"uri": _URI, "languageId": "markdown", "version": 1, "text": self._text}
        self._client.notify("textDocument/didOpen", {"textDocument": document})
        self._complete()
        self._hover()
        self._wrap()

    def _complete(self) -> None:
        self._step("type")
        cursor = self._text.index("2. ") + 3
        self._change(cursor, cursor, "bon")
        items = self._ask("textDocument/completion", position=self._position(cursor + 3))["items"]
        for item in items:
            self._out.print(f"  [bold]{item['label']}[/]  [dim]{item['detail']}[/]")
        self._step("accept")
        edit = items[0]["textEdit"]
        start, end = (self._offset(edit["range"][side]) for side in ("start", "end"))
        before = self._text
        self._change(start, end, edit["newText"])
        self._show_diff(before, self._text)
        self._out.print(f"  [dim]{self._say['stops']}[/]")

    def _hover(self) -> None:
        from rich.markdown import Markdown
        from rich.padding import Padding

        self._step("hover")
        found = self._ask("textDocument/hover", position=self._position(self._text.index(self._say["name"]) + 3))
        self._out.print(Padding(Markdown(found["contents"]["value"]), (0, 2)))

    def _wrap(self) -> None:
        self._step("select")
        start = self._text.index(self._say["task"])
        selection = {"start": self._position(start), "end": self._position(start + len(self._say["task"]))}
        actions = self._ask("textDocument/codeAction", range=selection, context={"diagnostics": []})
        for action in actions:
            self._out.print(f"  [bold]{action['title']}[/]  [dim]{action['kind']}[/]")
        self._step("apply", title=actions[0]["title"])
        chosen = self._client.request("codeAction/resolve", actions[0])
        before = self._text
        edits = chosen["edit"]["documentChanges"][0]["edits"]
        # Later edits first, so that the places of the earlier ones still hold.
        for edit in sorted(edits, key=lambda e: self._offset(e["range"]["start"]), reverse=True):
            text = edit["newText"] if "newText" in edit else edit["snippet"]["value"]
            self._change(self._offset(edit["range"]["start"]), self._offset(edit["range"]["end"]), text)
        self._show_diff(before, self._text)

    # The editor

    def _ask(self, method: str, **params: Any) -> Any:
        return self._client.request(method, {"textDocument": {"uri": _URI}, **params})

    def _change(self, start: int, end: int, new: str) -> None:
        """Change our text and tell the server; snippets are written with visible tab stops."""
        shown = _TAB_STOP.sub(_visible_stop, new).replace("\\", "")
        change = {"range": {"start": self._position(start), "end": self._position(end)}, "text": shown}
        self._text = self._text[:start] + shown + self._text[end:]
        self._version += 1
        document = {"uri": _URI, "version": self._version}
        self._client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def _position(self, offset: int) -> Json:
        before = self._text[:offset]
        return {"line": before.count("\n"), "character": offset - (before.rfind("\n") + 1)}

    def _offset(self, position: Json) -> int:
        lines = self._text.split("\n")
        return sum(len(line) + 1 for line in lines[: position["line"]]) + int(position["character"])

    # The screen

    def _step(self, name: str, **values: str) -> None:
        self._out.print()
        self._out.print(f"▶ {self._say[name].format(**values)}", style="bold cyan", markup=False)

    def _show_text(self, text: str) -> None:
        for line in text.splitlines():
            self._out.print(f"  {line}".rstrip(), markup=False, soft_wrap=True)

    def _show_diff(self, before: str, after: str) -> None:
        import difflib

        diff = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
        styles = {"+": "green", "-": "red", "@": "dim"}
        for line in list(diff)[2:]:
            self._out.print(f"  {line}".rstrip(), style=styles.get(line[:1]), markup=False, soft_wrap=True)


def _visible_stop(match: re.Match[str]) -> str:
    number = match[1] or match[3]
    if number == "0":
        return ""
    return f"‹{number}:{match[2]}›" if match[2] is not None else f"‹{number}›"
