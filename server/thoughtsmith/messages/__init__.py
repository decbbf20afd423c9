"""Layer 0: every sentence that the program itself says, in every language. The content in `snippets/` says the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoughtsmith.messages import findings_en, findings_ru
from thoughtsmith.messages.en import EN
from thoughtsmith.messages.ru import RU
from thoughtsmith.messages.texts import Messages

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Messages", "findings", "language_of_locale", "messages", "rule_pages"]


def messages(language: str) -> Messages:
    """The messages in `language`; English for any that there are none in."""
    return RU if language == "ru" else EN


def findings(language: str) -> Mapping[str, str]:
    """What findings say, by rule; English for a language that there is nothing in."""
    return findings_ru.FINDINGS if language == "ru" else findings_en.FINDINGS


def rule_pages(language: str) -> Mapping[str, str]:
    """The pages of rules by their ids, for languages other than English: those are written where the rules are."""
    from thoughtsmith.messages.rules_ru import PAGES  # Long, and needed by few.

    return PAGES if language == "ru" else {}


def language_of_locale(locale: str | None) -> str:
    """`ru` for a Russian locale such as `ru`, `ru-RU` or `ru_RU.UTF-8`, otherwise `en`."""
    return "ru" if (locale or "").lower().replace("_", "-").split("-")[0].split(".")[0] == "ru" else "en"
