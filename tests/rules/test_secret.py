"""Secrets: every shape is found, and what only looks like one is not.

The tokens are made up and put together here, so that no scanner takes this file for a leak.
"""

from __future__ import annotations

import pytest

from thoughtsmith.config.settings import Settings
from thoughtsmith.formats import markdown
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.project.content import Content
from thoughtsmith.project.document import Document

LETTERS = "q7Zk3M5xWr2N6tLbP9vJ4hDsY8cGfUaQeK1nRoVyTiHmB0wSzXjCpEdAlIgOuFqk7vZM3W5x2r6NtbL9PJ4v"
UPPER = "Q7ZK3M5XWR2N6TLB"


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(load_catalogue())


def kinds(content: Content, text: str) -> list[str]:
    found = Document("file:///prompts/a.md", "/prompts/a.md", 1, text, markdown.FORMAT).snapshot(
        Settings(), content, "en"
    )
    return [
        finding.message.partition("(")[2].partition(")")[0]
        for finding in found.checked.findings
        if finding.name == "secret"
    ]


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("AKIA" + UPPER, "access key of AWS"),
        ("ghp" + "_" + LETTERS[:36], "token of GitHub"),
        ("github" + "_pat_" + LETTERS[:22] + "_" + LETTERS[:59], "token of GitHub"),
        ("glpat" + "-" + LETTERS[:20], "token of GitLab"),
        ("sk-" + "ant-api03-" + LETTERS + LETTERS[:8], "API key of Anthropic"),
        ("sk-" + "proj-" + LETTERS[:60], "API key of OpenAI"),
        ("sk-" + LETTERS[:20] + "T3Blb" + "kFJ" + LETTERS[20:40], "API key of OpenAI"),
        ("AI" + "za" + LETTERS[:35], "API key of Google"),
        ("xoxb" + "-8306174925-" + LETTERS[:24], "token of Slack"),
        ("sk" + "_live_" + LETTERS[:24], "live key of Stripe"),
        ("hf" + "_" + "qZkMxWrNtLbPvJhDsYcGfUaQeKnRoVyTiH", "token of Hugging Face"),
        ("npm" + "_" + LETTERS[:36], "token of npm"),
        ("pypi-" + "AgEIcHlwaS5vcmc" + LETTERS[:60], "token of PyPI"),
        ("8306174925" + ":AA" + LETTERS[:33], "token of a Telegram bot"),
    ],
)
def test_tokens_are_found_wherever_they_stand(content: Content, token: str, kind: str) -> None:
    for text in (token, f"Ключ: {token}.", f'```sh\nexport KEY="{token}"\n```\n', f"| {token} |"):
        assert kinds(content, text) == [kind]
    assert kinds(content, f"x{token}x") == []


@pytest.mark.parametrize(
    "text",
    [
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp" + "_" + "x" * 36,
        "ghp" + "_" + "your" + LETTERS[:32],
        "sk-" + "proj-" + "a1" * 30,
        "sk-" + "ant-api03-...",
        "sk-learn-and-other-names-that-are-long-and-have-many-letters",
        "hf" + "_" + "hub_download_from_repository_with_id",
        "12:30:AA",
        "-----BEGIN " + "PRIVATE KEY-----",
        "-----BEGIN " + "PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
    ],
)
def test_examples_and_names_are_no_secrets(content: Content, text: str) -> None:
    assert kinds(content, text) == []


def test_letters_and_digits_in_their_order_are_an_example(content: Content) -> None:
    assert kinds(content, "AI" + "zaSy" + "A1B2C3D4E5F6G7H8I9J0K1L2M3N4O5P6Q7R") == []
