"""Characters that nobody sees."""

from __future__ import annotations

import re

NAMES = {
    0x00AD: "soft hyphen",
    0x034F: "combining grapheme joiner",
    0x061C: "Arabic letter mark",
    0x115F: "Hangul filler",
    0x1160: "Hangul filler",
    0x17B4: "Khmer vowel",
    0x17B5: "Khmer vowel",
    0x180E: "Mongolian vowel separator",
    0x200B: "zero-width space",
    0x200C: "zero-width non-joiner",
    0x200D: "zero-width joiner",
    0x200E: "left-to-right mark",
    0x200F: "right-to-left mark",
    0x202A: "left-to-right embedding",
    0x202B: "right-to-left embedding",
    0x202C: "pop directional formatting",
    0x202D: "left-to-right override",
    0x202E: "right-to-left override",
    0x2060: "word joiner",
    0x2061: "function application",
    0x2062: "invisible times",
    0x2063: "invisible separator",
    0x2064: "invisible plus",
    0x2066: "left-to-right isolate",
    0x2067: "right-to-left isolate",
    0x2068: "first strong isolate",
    0x2069: "pop directional isolate",
    0x3164: "Hangul filler",
    0xFEFF: "byte order mark",
    0xFFA0: "Hangul filler",
}


def name(character: str) -> str:
    """The code of a character, with its name if it is one of those above: `U+200B zero-width space`."""
    code = f"U+{ord(character):04X}"
    known = NAMES.get(ord(character))
    return f"{code} {known}" if known else code


TAG_CHARACTERS = re.compile("[\U000e0001\U000e0020-\U000e007f]+")
"""Copies of ASCII that no font shows. Models read them."""


def decoded(tags: str) -> str:
    """What a run of tag characters says."""
    return "".join(chr(ord(tag) - 0xE0000) for tag in tags if 0xE0020 <= ord(tag) < 0xE007F)
