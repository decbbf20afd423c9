"""What a rule is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from thoughtsmith.rules.finding import Problem, Severity
    from thoughtsmith.rules.subject import Subject


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    """`TH` and three digits; never changes and is never used again."""
    name: str
    """kebab-case; what people write in settings and suppressions, and the key of its messages."""
    group: str
    severity: Severity
    check: Callable[[Subject], Iterable[Problem]]
    default: bool = True
    """Whether it is on without being asked for: only if it is right nearly always."""
    last: bool = False
    """Whether it is about what comments have done to the findings of the others, and so runs after them."""
