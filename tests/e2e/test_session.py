"""What a user of an editor gets, through the real protocol, in each position encoding and with each kind of client."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator  # noqa: TC003 -- pytest-lsp looks at the annotations of its fixtures.
from typing import TYPE_CHECKING, Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities, make_test_lsp_client

from thoughtsmith.lsp.convert import PositionCodec
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning")

URI = "file:///prompts/план.prompt.md"
RUSSIAN = """# Роль 🧭

Ты — помощник 👩‍🚀 логиста. Строй цепочку рассуждений.

1. Найди узкие места 🚚
2. Оцени спрос
<|>
3. Подведи итог
"""


def with_registration() -> LanguageClient:
    """A client that lets the server register for settings."""
    client = make_test_lsp_client()

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(_params: types.RegistrationParams) -> None:
        return None

    return client


CONFIG = ClientServerConfig(
    server_command=[sys.executable, "-m", "thoughtsmith", "server"], client_factory=with_registration
)
ENCODINGS: dict[int, str] = {}
"""What each client and its server agreed on, by the identity of the client."""


def editor(name: str, encoding: str | None = None, **changes: Any) -> types.ClientCapabilities:
    """The capabilities of a real editor, with another position encoding."""
    capabilities = client_capabilities(name)
    if encoding is not None:
        capabilities.general = capabilities.general or types.GeneralClientCapabilities()
        capabilities.general.position_encodings = [types.PositionEncodingKind(encoding)]
    for path, value in changes.items():
        target: Any = capabilities
        *parents, last = path.split("__")
        for parent in parents:
            target = getattr(target, parent)
        setattr(target, last, value)
    return capabilities


@pytest_lsp.fixture(params=["utf-8", "utf-16", "utf-32"], config=CONFIG, scope="module")
async def vscode(request: pytest.FixtureRequest, lsp_client: LanguageClient) -> AsyncIterator[None]:
    """VS Code, speaking each position encoding: tab stops, lazy edits, versioned edits."""
    started = await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=editor(
                "visual-studio-code",
                request.param,
                text_document__completion__completion_item__label_details_support=True,
            ),
            locale="ru-RU",
        )
    )
    ENCODINGS[id(lsp_client)] = str(started.capabilities.position_encoding)
    assert ENCODINGS[id(lsp_client)] == request.param
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=CONFIG, scope="module")
async def plain_client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    """An editor without tab stops, lazy or versioned edits."""
    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=editor(
                "visual-studio-code",
                text_document__completion__completion_item__snippet_support=False,
                text_document__code_action__resolve_support=None,
                workspace__workspace_edit__document_changes=False,
            )
        )
    )
    yield
    await lsp_client.shutdown_session()


class Buffer:
    """A document open in the client, with a cursor."""

    def __init__(self, client: LanguageClient, marked: str, uri: str = URI) -> None:
        self.client = client
        self.uri = uri
        self.text = marked.replace("<|>", "")
        self.cursor = marked.find("<|>")
        self.version = 1
        self.codec = PositionCodec(ENCODINGS.get(id(client), "utf-16"))
        document = types.TextDocumentItem(uri, "markdown", self.version, self.text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(document))

    def position(self, offset: int | None = None) -> types.Position:
        return self.codec.position(Lines.of(self.text), self.cursor if offset is None else offset)

    def type(self, text: str) -> None:
        """Type at the cursor, one key at a time, as an editor reports it."""
        for key in text:
            where = types.Range(self.position(), self.position())
            self.version += 1
            self.client.text_document_did_change(
                types.DidChangeTextDocumentParams(
                    types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version),
                    [types.TextDocumentContentChangePartial(range=where, text=key)],
                )
            )
            self.text = self.text[: self.cursor] + key + self.text[self.cursor :]
            self.cursor += 1

    def after(self, edits: Sequence[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit]) -> str:
        lines = Lines.of(self.text)
        changes = [
            Edit(
                self.codec.span(lines, edit.range),
                edit.snippet.value if isinstance(edit, types.SnippetTextEdit) else edit.new_text,
            )
            for edit in edits
        ]
        return apply_edits(self.text, changes)

    async def complete(self) -> list[types.CompletionItem]:
        found = await self.client.text_document_completion_async(
            types.CompletionParams(types.TextDocumentIdentifier(self.uri), self.position())
        )
        assert isinstance(found, types.CompletionList)
        return list(found.items)

    def accepted(self, item: types.CompletionItem) -> str:
        """The text after accepting an item."""
        assert isinstance(item.text_edit, types.TextEdit)
        return self.after([item.text_edit, *(item.additional_text_edits or [])])

    def close(self) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(self.uri)))


RUSSIAN_BLOCK = """3. Подготовь 3 варианта решения ${1:задачи}, которые отличаются подходом, а не формулировками:
   - Назови главную идею каждого варианта и доведи его до полного ответа.
   - Оцени каждый вариант от 1 до 10 по одним и тем же критериям: ${2:точность, полнота, простота}.
   - Выбери вариант с наибольшей суммой баллов и в одном-двух предложениях объясни почему.
   - Выбранный вариант приведи целиком, остальные — по одной строке.$0
4. Подведи итог
"""


async def test_a_typed_word_becomes_the_next_item_of_the_list(vscode: LanguageClient) -> None:
    """The block continues the list in the language of the prompt, and the item after it gets the next number."""
    buffer = Buffer(vscode, RUSSIAN)
    buffer.type("bon")
    (item,) = await buffer.complete()
    assert item.label == "Лучший из N"
    assert item.detail is None, "the summary is in the documentation"
    assert item.insert_text_format == types.InsertTextFormat.Snippet
    before, _, _ = RUSSIAN.partition("<|>")
    assert buffer.accepted(item) == before + RUSSIAN_BLOCK
    buffer.close()


async def test_what_an_item_means_is_sent_when_it_is_looked_at(vscode: LanguageClient) -> None:
    buffer = Buffer(vscode, RUSSIAN)
    buffer.type("bon")
    (item,) = await buffer.complete()
    assert item.documentation is None
    resolved = await vscode.completion_item_resolve_async(item)
    assert isinstance(resolved.documentation, types.MarkupContent)
    shown = resolved.documentation.value
    assert "3. Подготовь 3 варианта решения\n" in shown
    assert "**Цена:** ≈ 3 ×" in shown
    assert "https://arxiv.org/abs/2305.20050" in shown
    buffer.close()


@pytest.mark.parametrize("word", ["пошаг", "/cot", "цепочка", "Step by st", "chain of th"])
async def test_words_of_both_languages_find_a_technique(vscode: LanguageClient, word: str) -> None:
    buffer = Buffer(vscode, "Ты — редактор 📝 журнала.\n\n<|>")
    buffer.type(word)
    item = (await buffer.complete())[0]
    assert item.data is not None
    assert item.data["id"] == "cot"
    assert item.filter_text is not None
    assert item.filter_text.startswith(word)
    assert buffer.accepted(item).startswith("Ты — редактор 📝 журнала.\n\nРеши ${1:задачу}, рассуждая шаг за шагом")
    buffer.close()


async def test_hover_explains_and_shows_its_range(vscode: LanguageClient) -> None:
    buffer = Buffer(vscode, RUSSIAN)
    start = buffer.text.index("цепочку рассуждений")
    found = await vscode.text_document_hover_async(
        types.HoverParams(types.TextDocumentIdentifier(URI), buffer.position(start + 3))
    )
    assert found is not None
    assert found.range == types.Range(buffer.position(start), buffer.position(start + len("цепочку рассуждений")))
    assert isinstance(found.contents, types.MarkupContent)
    for expected in ("Цепочка рассуждений", "**Когда не применять**", "**Цена:**", "arXiv:2201.11903"):
        assert expected in found.contents.value
    buffer.close()


async def actions(buffer: Buffer, start: int, end: int, **context: Any) -> list[types.CodeAction]:
    found = await buffer.client.text_document_code_action_async(
        types.CodeActionParams(
            types.TextDocumentIdentifier(buffer.uri),
            types.Range(buffer.position(start), buffer.position(end)),
            types.CodeActionContext(diagnostics=[], **context),
        )
    )
    return [action for action in found or [] if isinstance(action, types.CodeAction)]


async def test_a_selected_task_is_wrapped(vscode: LanguageClient) -> None:
    """The action is offered without edits, worked out when chosen, and names the version that it is for."""
    text = "<role>\nYou are a planner 🧭.\n</role>\n\nPlan the night shift.\n"
    buffer = Buffer(vscode, text)
    start = text.index("Plan the")
    offered = await actions(buffer, start, start + 21, only=["refactor.rewrite.technique.verification"])
    wrap = offered[0]
    assert (wrap.title, wrap.edit) == ("Обернуть в технику: Самопроверка", None)
    chosen = await vscode.code_action_resolve_async(wrap)
    assert chosen.edit is not None
    assert chosen.edit.document_changes is not None
    (change,) = chosen.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.version == 1
    result = buffer.after(change.edits)
    assert result.startswith(
        "<role>\nYou are a planner 🧭.\n</role>\n\n<task>\nPlan the night shift.\n</task>\n\n<verification>\n"
    )
    assert result.endswith("</verification>\n")
    buffer.close()


async def test_the_light_bulb_is_quiet_and_questions_are_answered(vscode: LanguageClient) -> None:
    buffer = Buffer(vscode, "Plan the night shift.\n")
    automatic, invoked = types.CodeActionTriggerKind.Automatic, types.CodeActionTriggerKind.Invoked
    assert await actions(buffer, 3, 3, trigger_kind=automatic) == []
    assert len(await actions(buffer, 0, 8, trigger_kind=automatic)) == 3
    # Helix has no empty selections, and Emacs sends the word at the cursor: neither selects a task.
    assert await actions(buffer, 5, 8, trigger_kind=automatic) == []
    assert all(action.title.startswith("Вставить") for action in await actions(buffer, 5, 8))
    assert len(await actions(buffer, 3, 3, trigger_kind=invoked)) == 3
    assert len(await actions(buffer, 3, 3, only=["refactor"])) == 11
    assert await actions(buffer, 3, 3, only=["quickfix"]) == []
    (recipe,) = await actions(buffer, 3, 3, only=["refactor.rewrite.recipe"])
    assert recipe.kind == "refactor.rewrite.recipe.research"
    buffer.close()


async def test_headings_and_tags_are_symbols_that_fold(vscode: LanguageClient) -> None:
    text = "---\nname: x\n---\n# Роль 🧭\n\n<rules>\n- one\n</rules>\n\n## Вывод\n\ntext\n"
    buffer = Buffer(vscode, text)
    document = types.TextDocumentIdentifier(URI)
    symbols = await vscode.text_document_document_symbol_async(types.DocumentSymbolParams(document))

    def outline(nodes: Any) -> list[Any]:
        return [(node.name, node.range.start.line, node.range.end.line, outline(node.children or [])) for node in nodes]

    assert outline(symbols) == [("Роль 🧭", 3, 11, [("<rules>", 5, 7, []), ("Вывод", 9, 11, [])])]
    folds = await vscode.text_document_folding_range_async(types.FoldingRangeParams(document))
    assert [(fold.start_line, fold.end_line) for fold in folds or []] == [(0, 2), (3, 11), (5, 7), (9, 11)]
    buffer.close()


async def test_a_client_without_tab_stops_gets_clean_text(plain_client: LanguageClient) -> None:
    buffer = Buffer(plain_client, "You are an editor. Cost: $5 {x}.\n\n<|>")
    buffer.type("bon")
    (item,) = await buffer.complete()
    assert item.insert_text_format == types.InsertTextFormat.PlainText
    result = buffer.accepted(item)
    assert "Write 3 candidates for [the task] that differ" in result
    assert "${" not in result
    buffer.close()


async def test_a_client_without_lazy_edits_gets_them_at_once(plain_client: LanguageClient) -> None:
    buffer = Buffer(plain_client, "Plan the night shift.\n")
    (action, *_) = await actions(buffer, 3, 3, only=["refactor.rewrite.technique.cot"])
    assert action.edit is not None
    assert action.edit.changes is not None
    assert "Think step by step about [the task]" in buffer.after(action.edit.changes[URI])
    buffer.close()


async def test_settings_take_effect_when_they_change(plain_client: LanguageClient) -> None:
    """Language, style, number and model of the settings win over what the prompt suggests; a bad value is told."""
    buffer = Buffer(plain_client, "You are an editor of a magazine.\n\n<|>")
    buffer.type("bon")
    plain_client.set_configuration(
        {"language": "ru", "style": "xml", "n": 5, "model": "o3-mini", "locale": "ru"}, section="thoughtsmith"
    )
    plain_client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
    text = ""
    for _ in range(100):
        text = buffer.accepted((await buffer.complete())[0])
        if "<best_of_n>" in text:
            break
    assert "<best_of_n>\nПодготовь 5 вариантов решения [задачи]" in text
    buffer.close()

    named = Buffer(plain_client, "Use chain of thought.\n")
    found = await plain_client.text_document_hover_async(
        types.HoverParams(types.TextDocumentIdentifier(URI), types.Position(0, 6))
    )
    assert found is not None
    assert isinstance(found.contents, types.MarkupContent)
    assert "Модель `o3-mini` рассуждает сама" in found.contents.value
    named.close()

    plain_client.set_configuration({"n": 99, "language": "auto"}, section="thoughtsmith")
    plain_client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
    message = await plain_client.wait_for_notification(types.WINDOW_SHOW_MESSAGE)
    assert message is None or "thoughtsmith.n = 99" in message.message
    # It is said in the language that held until now.
    assert any("целое число от 2 до 10" in shown.message for shown in plain_client.messages)

    # What is not set any more is as it was before anything was set.
    again = Buffer(plain_client, "You are an editor of a magazine.\n\n<|>")
    again.type("bon")
    assert "\n\nWrite 3 candidates for [the task]" in again.accepted((await again.complete())[0])
    again.close()
