"""Fixtures for tests that talk to the real server process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.e2e.raw_client import Raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def connect() -> Iterator[Callable[[], Raw]]:
    """Starts servers and sees to it that none is left behind."""
    started: list[Raw] = []

    def start() -> Raw:
        started.append(Raw())
        return started[-1]

    yield start
    for raw in started:
        raw.close()
