"""What was made of the content once and need not be made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thoughtsmith.techniques.model import Json


class Memory:
    """What an earlier run has made of the same content, down to the last letter. This one knows nothing."""

    def __init__(self, parsed: dict[str, Json] | None = None, signs: Json | None = None) -> None:
        self.parsed: dict[str, Json] = parsed or {}
        """The data of TOML files by path, all as their schemas say. What is read is added."""
        self.signs = signs
        """What compiling the signs has found out; `None` if they are still to be compiled."""

    def keep(self, signs: Json) -> None:
        """Called with what compiling has found out, if nothing is wrong with the content."""
