"""Lists that the user has take our item in; without them ours stands as it is."""

from __future__ import annotations

import pytest

from thoughtsmith.config.toml_lists import join_lists

SERVER = "[server]\non = 1\n\n"
NEW = '[[language]]\nname = "new"\nservers = ["it"]\n'
OURS = f'{SERVER}[[language]]\nname = "md"\nservers = ["it", "x"]\n\n{NEW}'
WITHOUT_MD = SERVER + NEW


@pytest.mark.parametrize(
    ("theirs", "joined", "rest"),
    [
        ("", "", OURS),
        ('[[language]]\nname = "md"\nwrap = 1\n', '[[language]]\nname = "md"\nwrap = 1\n', OURS),
        (
            '[[language]]\nservers = [ # mine\n  "a",\n]\nname = "md"\n',
            '[[language]]\nservers = ["it",  # mine\n  "a",\n]\nname = "md"\n',
            WITHOUT_MD,
        ),
        (
            "[[language]]\nname = 'md'\nservers = []\n",
            "[[language]]\nname = 'md'\nservers = [\"it\"]\n",
            WITHOUT_MD,
        ),
        (
            '[[language]]\nname = "md"\nservers = ["a", \'it\']\n',
            '[[language]]\nname = "md"\nservers = ["a", \'it\']\n',
            WITHOUT_MD,
        ),
        ('[[other]]\nname = "md"\nservers = ["a"]\n', '[[other]]\nname = "md"\nservers = ["a"]\n', OURS),
    ],
)
def test_lists_are_joined(theirs: str, joined: str, rest: str) -> None:
    assert join_lists(theirs, OURS, "servers", "it") == (joined, rest)
