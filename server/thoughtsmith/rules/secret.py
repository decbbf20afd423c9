"""A secret in the prompt.

What it does
    Reports keys and tokens whose form cannot be mistaken: of AWS, GitHub, GitLab, OpenAI, Anthropic, Google, Slack,
    Stripe, Hugging Face, npm, PyPI and Telegram, and private keys.

Why is this bad
    Prompts are shared, committed and sent to providers, and the model may repeat them word for word. A secret that
    was in a prompt must count as known.

Example
    An `Authorization` header with a real token in an example of a call.

When not to flag
    Names of variables, and examples: keys that say `EXAMPLE` or `your`, repeat one character or count up, and keys
    that are cut short. Passwords and unknown tokens are not looked for: guessing would be wrong most of the time.

Fix
    None: the secret must be revoked, not only removed.

Evidence
    OWASP Top 10 for LLM applications, LLM02 and LLM07. General detectors were measured on 4,900 public prompt files:
    of nearly 300 findings, hardly one was a secret.
    In 22,000 public prompt files one finding, an example made of letters and digits in their order, which is a
    case here now; it is on because a secret that is out cannot be taken back.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from thoughtsmith.messages import findings
from thoughtsmith.rules.finding import Problem, Severity
from thoughtsmith.rules.rule import Rule
from thoughtsmith.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoughtsmith.rules.subject import Subject

MIN_DIFFERENT = 10
"""Different characters of a real token: one drawn by chance hardly ever has fewer."""

MIN_IN_ORDER = 7
"""Letters or digits that follow each other in an example such as `A1B2C3D4E5F6G7H8`."""

_SHAPES = {
    "aws": r"(?:AKIA|ASIA)[A-Z2-7]{16}",
    "github": r"gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}",
    "gitlab": r"glpat-[\w-]{20,64}",
    "anthropic": r"sk-ant-(?:api|admin|oat)\d{2}-[\w-]{80,120}",
    "openai": r"sk-(?:proj-|svcacct-|admin-)[\w-]{40,200}|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}",
    "google": r"AIza[\w-]{35}",
    "slack": r"xox[abposr]-\d{8,14}-[A-Za-z0-9-]{10,100}",
    "stripe": r"(?:sk|rk)_live_[A-Za-z0-9]{24,247}",
    "huggingface": r"hf_[A-Za-z]{34}",
    "npm": r"npm_[A-Za-z0-9]{36}",
    "pypi": r"pypi-AgEIcHlwaS5vcmc[\w-]{50,250}",
    "telegram": r"\d{8,10}:AA[\w-]{33}",
}
_KEY = (
    r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s{1,40}(?:[\w-]{1,40}: [^\r\n]{0,80}\s{1,40}){,4}"
    r"[A-Za-z0-9+/]{40,76}(?:\s{1,40}[A-Za-z0-9+/=]{4,76}){1,80}"
)
_START = re.compile(r"AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|sk-|AIza|xox|_live_|hf_|npm_|pypi-|:AA|PRIVATE KEY-")
"""What every one of them has in it: most texts have none and are done."""
_SECRET = re.compile(
    rf"(?<![\w-])(?:{'|'.join(f'(?P<{kind}>{shape})' for kind, shape in _SHAPES.items())})(?![\w-])|(?P<key>{_KEY})"
)
_SAMPLE = re.compile(r"example|sample|dummy|fake|your|test|xxx|0000|1234|abcd|(.)\1{4}", re.IGNORECASE)


def _check(subject: Subject) -> Iterator[Problem]:
    text = subject.lines.text
    if _START.search(text) is None:
        return
    say = findings(subject.locale)
    for match in _SECRET.finditer(text):
        kind = match.lastgroup or ""
        body = match[0].replace("-----", "")
        if _SAMPLE.search(body) is None and not _is_counted_out(body) and len(set(body)) >= MIN_DIFFERENT:
            yield Problem(Span(*match.span()), (("kind", say[f"secret.{kind}"]),))


def _is_counted_out(body: str) -> bool:
    """Whether its letters, or its digits, follow each other as in the alphabet: nobody draws that by chance."""
    return any(
        sum(ord(after) - ord(before) == 1 for before, after in pairwise(part)) >= MIN_IN_ORDER
        for part in (re.sub(r"[^A-Z]", "", body), re.sub(r"[^a-z]", "", body), re.sub(r"\D", "", body))
    )


RULE = Rule("TH705", "secret", "security", Severity.ERROR, _check)
"""The rule."""
