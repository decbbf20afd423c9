"""Which models reason by themselves, looked up by model id in the dated table of the content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thoughtsmith.techniques.catalogue import Catalogue, ModelFamily

_REGION = re.compile(r"^(?:us|us-gov|eu|apac|jp|au|global)\.")
_VENDOR = re.compile(r"^(?:anthropic|openai|google|meta|mistral|deepseek|qwen|amazon)\.")
_PROVIDER = re.compile(r"^(?:anthropic|azure|bedrock|google|groq|mistral|openai|openrouter|together|vertexai|vertex):")
_SUFFIX = re.compile(r"(?:@[\w.-]+|:free|-v\d+:\d+)$")
_LABEL = re.compile(r"\s*\([^()]{1,40}\)$")
"""What menus add to a name: `GPT-4.1 (copilot)`."""
_CLAUDE_VERSION = re.compile(r"(?<=\d)\.(?=\d)")


def canonical(model: str) -> str:
    """A model id without provider, region, date pin, pricing suffix and label; lower case, hyphens for spaces."""
    name = "-".join(_LABEL.sub("", model.strip().lower()).split())
    name = _SUFFIX.sub("", name).rsplit("/", 1)[-1]
    name = _PROVIDER.sub("", name)
    name = _VENDOR.sub("", _REGION.sub("", name))
    return _CLAUDE_VERSION.sub("-", name) if name.startswith("claude") else name


def family_of(catalogue: Catalogue, model: str) -> ModelFamily | None:
    """The family of a model; `None` if the table does not know it, about which nothing should be said."""
    name = canonical(model)
    if not name:
        return None
    return next((family for family in catalogue.models if family.match.match(name)), None)


def reasons_by_itself(catalogue: Catalogue, model: str) -> bool:
    """Whether the model reasons before it answers unless told otherwise. Unknown models do not."""
    family = family_of(catalogue, model)
    return family is not None and family.reasons in ("always", "default")
