"""The shipped content, loaded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.techniques.naming import Names

if TYPE_CHECKING:
    from thoughtsmith.techniques.catalogue import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def names(catalogue: Catalogue) -> Names:
    return Names(catalogue)
