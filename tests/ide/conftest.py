"""Snapshots of prompts, made from their text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from thoughtsmith.config.settings import Settings
from thoughtsmith.formats.registry import format_of
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.project.content import Content
from thoughtsmith.project.document import Document

if TYPE_CHECKING:
    from thoughtsmith.project.document import Snapshot
    from thoughtsmith.techniques.model import Language


class SnapshotOf(Protocol):
    def __call__(
        self,
        text: str,
        *,
        path: str = ...,
        locale: Language = ...,
        content: Content | None = ...,
        **settings: Any,
    ) -> Snapshot: ...


@pytest.fixture(scope="session")
def content() -> Content:
    return Content(load_catalogue())


@pytest.fixture(scope="session")
def snapshot_of(content: Content) -> SnapshotOf:
    shared = content

    def make(
        text: str,
        *,
        path: str = "a.prompt.md",
        locale: Language = "en",
        content: Content | None = None,
        **settings: Any,
    ) -> Snapshot:
        found = format_of(path, text=text)
        assert found is not None
        document = Document(f"file:///{path}", path, 1, text, found)
        return document.snapshot(Settings(**settings), content or shared, locale)

    return make
