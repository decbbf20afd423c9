"""What a rule may look at: one version of one file, and what surrounds it in the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from thoughtsmith.analysis.model import Model
    from thoughtsmith.analysis.target import Target
    from thoughtsmith.analysis.variables import Variables
    from thoughtsmith.config.settings import Settings
    from thoughtsmith.formats.format import Format
    from thoughtsmith.formats.schema import Schema
    from thoughtsmith.formats.validation import Mismatch
    from thoughtsmith.rules.suppression import Suppressed
    from thoughtsmith.syntax.data import Data
    from thoughtsmith.syntax.template import Include, Template
    from thoughtsmith.syntax.tree import PromptTree
    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.detection import Detection, Signalled
    from thoughtsmith.techniques.model import Language
    from thoughtsmith.techniques.naming import Mention
    from thoughtsmith.text.lines import Lines
    from thoughtsmith.text.span import Span


class Workspace(Protocol):
    """The files around, and where references lead. Paths are those of `Subject.path` and `Target`."""

    def target(self, path: str, include: Include) -> Target:
        """Where a reference in the file at `path` leads."""

    def lies_elsewhere(self, include: Include) -> bool:
        """Whether a file that the reference might mean lies in some other folder of the workspace."""

    def lies_at_root(self, include: Include) -> bool:
        """Whether the reference leads somewhere if it is read from the root of a folder of the workspace."""

    def cycle(self, path: str, include: Include) -> tuple[str, ...]:
        """The files through which a reference in the file at `path` leads back to it; empty if it does not."""

    def step(self, path: str, following: str) -> Include | None:
        """Where the file at `path` takes in the one at `following`, one of a cycle."""

    def shown(self, path: str) -> str:
        """The path as people know it: relative to its folder of the workspace."""


class Subject(Protocol):
    """A file under inspection. Everything is computed when first asked for and never changes."""

    @property
    def path(self) -> str: ...
    @property
    def lines(self) -> Lines: ...
    @property
    def format(self) -> Format: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def locale(self) -> Language:
        """The language of messages."""

    @property
    def spoken(self) -> str:
        """The text without its comments: every word stays where it is."""

    @property
    def tree(self) -> PromptTree: ...
    @property
    def data(self) -> Data | None: ...
    @property
    def schema(self) -> Schema | None:
        """What the data may say."""

    @property
    def mismatches(self) -> tuple[Mismatch, ...]:
        """What in the data is not as the format has it."""

    @property
    def suppressed(self) -> Suppressed:
        """What comments in the file have done to the findings; for rules that run last."""

    @property
    def rule_names(self) -> tuple[str, ...]:
        """What rules are called: their ids, names and groups."""

    @property
    def template(self) -> Template: ...
    @property
    def workspace(self) -> Workspace: ...
    @property
    def variables(self) -> Variables: ...
    @property
    def detections(self) -> tuple[Detection, ...]: ...
    @property
    def signals(self) -> tuple[Signalled, ...]:
        """The instructions that get along with some techniques badly, in the order in which they stand."""

    @property
    def names(self) -> tuple[Mention, ...]:
        """Where techniques and terms are named, in order."""

    def parts_within(self, technique: str, span: Span) -> tuple[str, ...]:
        """The parts of a technique that show in a piece of the text, by id."""

    @property
    def catalogue(self) -> Catalogue:
        """What is known of techniques and models."""

    @property
    def model(self) -> Model:
        """The model that the prompt is for."""
