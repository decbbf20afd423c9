"""An open document, and the frozen view of it that features work on."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from thoughtsmith.analysis.model import model_of
from thoughtsmith.analysis.spoken import spoken
from thoughtsmith.analysis.summary import summary_of
from thoughtsmith.analysis.variables import variables
from thoughtsmith.formats.validation import mismatches
from thoughtsmith.project.index import EMPTY
from thoughtsmith.rules.baseline import compare
from thoughtsmith.rules.engine import Checked, check, in_order
from thoughtsmith.rules.selection import known_words, meant, selected
from thoughtsmith.rules.suppression import suppress, suppressions
from thoughtsmith.text.lazy import lazy
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thoughtsmith.analysis.model import Model
    from thoughtsmith.analysis.summary import Summary
    from thoughtsmith.analysis.variables import Variables
    from thoughtsmith.config.settings import Settings
    from thoughtsmith.formats.format import Format
    from thoughtsmith.formats.schema import Schema
    from thoughtsmith.formats.validation import Mismatch
    from thoughtsmith.project.content import Content
    from thoughtsmith.project.index import Index
    from thoughtsmith.rules.rule import Rule
    from thoughtsmith.rules.suppression import Suppressed
    from thoughtsmith.syntax.data import Data
    from thoughtsmith.syntax.template import Template
    from thoughtsmith.syntax.tree import PromptTree
    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.detection import Detection, Found, Signalled
    from thoughtsmith.techniques.model import Language
    from thoughtsmith.techniques.naming import Mention
    from thoughtsmith.text.span import Span


_OF_THE_WORKSPACE = ("workspace", "_found_by_rules", "suppressed", "checked")
"""What a snapshot works out not from its own text alone."""


class Snapshot:
    """One version of one document with the settings and content of that moment. Safe to use from any thread.

    The tree is parsed when it is first asked for, from the tree of an earlier version where there is one.
    """

    def __init__(
        self,
        *,
        uri: str,
        path: str,
        version: int | None,
        lines: Lines,
        format: Format,
        settings: Settings,
        content: Content,
        locale: Language,
        earlier: tuple[PromptTree, int, int] | None = None,
        around: Index = EMPTY,
    ) -> None:
        self.uri = uri
        self.path = path
        """Where the file lies, with `/` between the parts; as much of it as is known."""
        self.version = version
        self.lines = lines
        self.format = format
        self.settings = settings
        self.content = content
        self.locale = locale
        """The language of messages and explanations."""
        self.around = around
        """The workspace of that moment. It may have another version of the file in it; `workspace` has this one."""
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

    @property
    def schema(self) -> Schema | None:
        """What the data may say: all that the format knows, or what the tools read that the settings name."""
        profile = self.format.profile
        return self.format.schema if profile is None else profile(self.settings.skill_profiles)

    @lazy
    def mismatches(self) -> tuple[Mismatch, ...]:
        """What in the data is not as the format has it."""
        schema, data = self.schema, self.data
        return () if schema is None or data is None else tuple(mismatches(schema, data))

    @lazy
    def template(self) -> Template:
        """The variables and references to other files."""
        return self.format.template(self.tree)

    @lazy
    def spoken(self) -> str:
        """The text without its comments: every word stays where it is."""
        return spoken(self.lines.text, lambda: self.template)

    @lazy
    def summary(self) -> Summary:
        """What the rest of the workspace needs to know of the file."""
        return summary_of(self.format, self.tree, self.data, self.template)

    @property
    def is_summarised(self) -> bool:
        """Whether the summary has been asked for already."""
        return "summary" in self.__dict__

    @lazy
    def workspace(self) -> Index:
        """The workspace of that moment, with this version of the file in it."""
        return self.around.with_file(self.path, self.summary)

    @lazy
    def variables(self) -> Variables:
        """The variables with their definitions and uses."""
        return variables(self.template)

    @lazy
    def is_prompt(self) -> bool:
        """Whether name or place say that the file is a prompt; what an editor merely calls Markdown is not checked."""
        return self.format.matches(self.path)

    @property
    def _rules(self) -> tuple[Rule, ...]:
        return selected(self.settings.select, self.settings.ignore, self.settings.severity).rules

    @lazy
    def _found_by_rules(self) -> Checked:
        return check(self, [rule for rule in self._rules if not rule.last])

    @lazy
    def suppressed(self) -> Suppressed:
        """What comments in the file have done to the findings."""
        return suppress(
            self._found_by_rules.findings,
            suppressions(self.tree, self.data),
            self.lines,
            meant,
            frozenset(rule.id for rule in self._rules),
        )

    @property
    def rule_names(self) -> tuple[str, ...]:
        """What rules are called: their ids, names and groups."""
        return known_words()

    @property
    def last_rules(self) -> frozenset[str]:
        """The ids of the rules that are about comments which let findings pass; nothing lets theirs pass."""
        return frozenset(rule.id for rule in self._rules if rule.last)

    @lazy
    def checked(self) -> Checked:
        """What is wrong with the file, without what its comments and its baseline let pass."""
        last = check(self, [rule for rule in self._rules if rule.last])
        findings = in_order((*self.suppressed.kept, *last.findings))
        new, stale = compare(findings, self.lines, self.settings.accepted)
        return Checked(new, self._found_by_rules.failures + last.failures, stale)

    @property
    def known(self) -> Checked | None:
        """What is wrong with the file, if that has been asked for already."""
        known: Checked | None = self.__dict__.get("checked")
        return known

    @lazy
    def suits(self) -> Mapping[str, int]:
        """How many words of the prompt speak for each technique, by id."""
        return self.content.suits.of(self.tree, self.spoken)

    @lazy
    def detections(self) -> tuple[Detection, ...]:
        """The techniques of the prompt, in the order in which they stand."""
        return self._found.detections

    @lazy
    def signals(self) -> tuple[Signalled, ...]:
        """The instructions that get along with some techniques badly, in the order in which they stand."""
        return self._found.signals

    @lazy
    def _found(self) -> Found:
        return self.content.detector.find(self.tree, self.spoken)

    def parts_within(self, technique: str, span: Span) -> tuple[str, ...]:
        """The parts of a technique that show in a piece of the text, by id."""
        return self.content.detector.parts_of(technique, self.spoken[span.start : span.end])

    @property
    def catalogue(self) -> Catalogue:
        """What is known of techniques and models."""
        return self.content.catalogue

    @lazy
    def model(self) -> Model:
        """The model that the prompt is for."""
        return model_of(self.data, self.settings.model)

    @lazy
    def names(self) -> tuple[Mention, ...]:
        """Where techniques and terms are named, in order; neither the front matter nor comments count."""
        front_matter = self.tree.front_matter
        start = front_matter.end if front_matter is not None else 0
        return tuple(self.content.names.mentions(self.spoken, start))

    @lazy
    def present(self) -> frozenset[str]:
        """The techniques that the prompt asks for or names."""
        return frozenset(detection.id for detection in self.detections if not detection.negated)

    def seen_from(self, around: Index) -> Snapshot:
        """The same version in a workspace that has changed. What was found out about the text alone is kept."""
        other = copy(self)
        other.around = around
        for name in _OF_THE_WORKSPACE:
            other.__dict__.pop(name, None)
        return other

    def with_text(self, text: str) -> Snapshot:
        """The same file with another text, as a trial."""
        return Snapshot(
            uri=self.uri,
            path=self.path,
            version=None,
            lines=Lines.of(text),
            format=self.format,
            settings=self.settings,
            content=self.content,
            locale=self.locale,
            around=self.around,
        )

    @property
    def parsed(self) -> PromptTree | None:
        """The tree if it has been asked for already."""
        tree: PromptTree | None = self.__dict__.get("tree")
        return tree


class Document:
    """The text of an open document. Changed on the event loop only."""

    def __init__(self, uri: str, path: str, version: int, text: str, format: Format) -> None:
        self.uri = uri
        self.path = path
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

    def snapshot(self, settings: Settings, content: Content, locale: Language, around: Index = EMPTY) -> Snapshot:
        """The document as it is now, in the workspace `around` it; the same object as long as nothing has changed."""
        last = self._last
        now = (self.version, settings, content, locale)
        if last is not None and (last.version, last.settings, last.content, last.locale) == now:
            if last.around is not around:
                self._last = last = last.seen_from(around)
            return last
        self._settle()
        earlier = None if self._base is None else (self._base, self._first_changed, self._unchanged_tail)
        self._last = Snapshot(
            uri=self.uri,
            path=self.path,
            version=self.version,
            lines=self.lines,
            format=self.format,
            settings=settings,
            content=content,
            locale=locale,
            earlier=earlier,
            around=around,
        )
        return self._last

    def _settle(self) -> None:
        """Take over the tree of the last snapshot, if it was ever parsed, before the text moves on."""
        if self._last is not None and (tree := self._last.parsed) is not None:
            self._base = tree
            self._first_changed = self._unchanged_tail = len(self.lines.lines)
        self._last = None
