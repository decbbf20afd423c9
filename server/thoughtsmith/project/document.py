"""An open document, and the frozen view of it that features work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.text.lazy import lazy
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thoughtsmith.config.settings import Settings
    from thoughtsmith.formats.format import Format
    from thoughtsmith.project.content import Content
    from thoughtsmith.syntax.data import Data
    from thoughtsmith.syntax.template import Template
    from thoughtsmith.syntax.tree import PromptTree
    from thoughtsmith.techniques.detection import Detection
    from thoughtsmith.techniques.model import Language
    from thoughtsmith.techniques.naming import Mention


class Snapshot:
    """One version of one document with the settings and content of that moment. Safe to use from any thread.

    The tree is parsed when it is first asked for, from the tree of an earlier version where there is one.
    """

    def __init__(
        self,
        *,
        uri: str,
        version: int | None,
        lines: Lines,
        format: Format,
        settings: Settings,
        content: Content,
        locale: Language,
        earlier: tuple[PromptTree, int, int] | None = None,
    ) -> None:
        self.uri = uri
        self.version = version
        self.lines = lines
        self.format = format
        self.settings = settings
        self.content = content
        self.locale = locale
        """The language of messages and explanations."""
        self._earlier = earlier

    @lazy
    def tree(self) -> PromptTree:
        earlier = self._earlier  # Read once: another thread may be here as well and let go of it.
        if earlier is None:
            return self.format.parse(self.lines)
        tree, first_changed, unchanged_tail = earlier
        # The old tree is needed no longer, and holding on to it would hold on to all its predecessors.
        self._earlier = None
        return self.format.reparse(tree, self.lines, first_changed, unchanged_tail)

    @lazy
    def data(self) -> Data | None:
        """The structured data of the file, such as its front matter."""
        return self.format.data(self.tree)

    @lazy
    def template(self) -> Template:
        """The variables and references to other files."""
        return self.format.template(self.tree)

    @lazy
    def suits(self) -> Mapping[str, int]:
        """How many words of the prompt speak for each technique, by id."""
        return self.content.suits.of(self.tree)

    @lazy
    def detections(self) -> tuple[Detection, ...]:
        """The techniques of the prompt, in the order in which they stand."""
        return self.content.detector.detect(self.tree)

    @lazy
    def names(self) -> tuple[Mention, ...]:
        """Where techniques and terms are named, in order; the front matter does not count."""
        front_matter = self.tree.front_matter
        start = front_matter.end if front_matter is not None else 0
        return tuple(self.content.names.mentions(self.lines.text, start))

    @lazy
    def present(self) -> frozenset[str]:
        """The techniques that the prompt asks for or names."""
        return frozenset(detection.id for detection in self.detections if not detection.negated)

    @property
    def parsed(self) -> PromptTree | None:
        """The tree if it has been asked for already."""
        tree: PromptTree | None = self.__dict__.get("tree")
        return tree


class Document:
    """The text of an open document. Changed on the event loop only."""

    def __init__(self, uri: str, version: int, text: str, format: Format) -> None:
        self.uri = uri
        self.version = version
        self.lines = Lines.of(text)
        self.format = format
        self._last: Snapshot | None = None
        self._base: PromptTree | None = None
        """The newest tree there is; `_first_changed` and `_unchanged_tail` say what has changed since."""
        self._first_changed = 0
        self._unchanged_tail = 0

    def edit(self, start: tuple[int, int], end: tuple[int, int], text: str) -> None:
        """Replace the text between two (line, column) places; columns are code points."""
        self._settle()
        self.lines, first, tail = self.lines.replaced(start, end, text)
        self._first_changed = min(self._first_changed, first)
        self._unchanged_tail = min(self._unchanged_tail, tail)

    def replace(self, text: str) -> None:
        """Replace the whole text."""
        self._last = self._base = None
        self.lines = Lines.of(text)

    def snapshot(self, settings: Settings, content: Content, locale: Language) -> Snapshot:
        """The document as it is now; the same object as long as nothing has changed."""
        last = self._last
        now = (self.version, settings, content, locale)
        if last is not None and (last.version, last.settings, last.content, last.locale) == now:
            return last
        self._settle()
        earlier = None if self._base is None else (self._base, self._first_changed, self._unchanged_tail)
        self._last = Snapshot(
            uri=self.uri,
            version=self.version,
            lines=self.lines,
            format=self.format,
            settings=settings,
            content=content,
            locale=locale,
            earlier=earlier,
        )
        return self._last

    def _settle(self) -> None:
        """Take over the tree of the last snapshot, if it was ever parsed, before the text moves on."""
        if self._last is not None and (tree := self._last.parsed) is not None:
            self._base = tree
            self._first_changed = self._unchanged_tail = len(self.lines.lines)
        self._last = None
