"""The components of POML by what they mean for the structure of a prompt. Their names are spelled in several ways."""

from __future__ import annotations

from functools import lru_cache

INLINE = frozenset(
    {
        "b", "bold", "br", "code", "del", "em", "i", "inline", "inserted", "italic", "newline", "s", "span", "strike",
        "strikethrough", "strong", "u", "underline",
    }
)  # fmt: skip
"""What stands in the middle of a sentence."""
LISTS = frozenset({"list"})
ITEMS = frozenset({"item", "listitem"})
SILENT = frozenset(
    {
        "audio", "context", "document", "folder", "image", "img", "include", "let", "meta", "object", "outputschema",
        "responseschema", "runtime", "schema", "script", "style", "stylesheet", "table", "template", "tool",
        "tooldef", "tooldefinition", "tree", "video", "webpage",
    }
)  # fmt: skip
"""What says nothing in its own words: definitions and data."""
CONTAINERS = frozenset(
    {
        "aimessage", "aimsg", "assistantmsg", "conversation", "div", "humanmessage", "humanmsg", "message", "msg",
        "poml", "section", "subcontent", "systemmessage", "systemmsg", "text", "usermessage", "usermsg",
    }
)  # fmt: skip
"""What holds other components, so that another may be added to it."""


@lru_cache(maxsize=1024)
def key(name: str) -> str:
    """The name of a component however it is spelled: `StepwiseInstructions`, `stepwise-instructions`."""
    return name.replace("-", "").lower()
