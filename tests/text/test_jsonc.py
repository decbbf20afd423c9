"""Settings of editors: one member is set, and everything that people wrote around it stays."""

from __future__ import annotations

import pytest

from thoughtsmith.text.jsonc import JsoncError, member, with_member

VALUE = '{\n  "on": true, // ours\n  "n": 1\n}'
PATH = ("lsp", "it")

SET = [
    ("", '{\n  "lsp": {\n    "it": {\n      "on": true, // ours\n      "n": 1\n    }\n  }\n}\n'),
    ("// only", '// only\n{\n  "lsp": {\n    "it": {\n      "on": true, // ours\n      "n": 1\n    }\n  }\n}\n'),
    ("{}", '{\n  "lsp": {\n    "it": {\n      "on": true, // ours\n      "n": 1\n    }\n  }\n}'),
    (
        '{\n    "a": 1 // "lsp": { \n    /* } */\n}\n',
        (
            '{\n    "a": 1, // "lsp": { \n    /* } */\n    "lsp": {\n        "it": {\n            "on": true, // ours\n'
            '            "n": 1\n        }\n    }\n}\n'
        ),
    ),
    (
        '{\n\t"lsp": {\n\t\t"x": "//,}",\n\t},\n}',
        '{\n\t"lsp": {\n\t\t"x": "//,}",\n\t\t"it": {\n\t\t\t"on": true, // ours\n\t\t\t"n": 1\n\t\t}\n\t},\n}',
    ),
    (
        '{\r\n  "lsp": {"it": [1, 2,], "z": 0}\r\n}\r\n',
        '{\r\n  "lsp": {"it": {\r\n    "on": true, // ours\r\n    "n": 1\r\n  }, "z": 0}\r\n}\r\n',
    ),
    ('{"lsp": {"it": 1, "it": 2}}', '{"lsp": {"it": 1, "it": {\n  "on": true, // ours\n  "n": 1\n}}}'),
]


@pytest.mark.parametrize(("text", "expected"), SET)
def test_a_member_is_set(text: str, expected: str) -> None:
    made = with_member(text, PATH, VALUE)
    assert made == expected
    found = member(made, PATH)
    assert found is not None
    assert found.data == {"on": True, "n": 1}
    assert with_member(made, PATH, made[found.start : found.end]).count('"n"') == 1


@pytest.mark.parametrize(
    ("text", "found"), [("", None), ("{}", None), ('{"lsp": {"x": 1}}', None), ("/**/ {\n}", None)]
)
def test_a_member_that_is_not_there(text: str, found: None) -> None:
    assert member(text, PATH) is found


@pytest.mark.parametrize(
    ("text", "offset"),
    [("{", 1), ('{"a" 1}', 5), ("[]", 0), ('{"lsp": 3}', 8), ("{} x", 3), ('{"a": 1 "b": 2}', 8), ("/* {}", 0)],
)
def test_what_is_no_settings_file_is_left_alone(text: str, offset: int) -> None:
    with pytest.raises(JsoncError) as error:
        with_member(text, PATH, VALUE)
    assert error.value.offset == offset
