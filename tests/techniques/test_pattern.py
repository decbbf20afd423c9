"""Patterns over tokens: what they match and where."""

from __future__ import annotations

import json

import pytest

from thoughtsmith.techniques.lexicon import Lexicon
from thoughtsmith.techniques.pattern import Marks
from thoughtsmith.techniques.pattern_compiler import Compiler, PatternError
from thoughtsmith.techniques.reading import Abbreviations, Reading

CLASSES = {
    "reason": ["think", "reason*", "-reasonab*", "рассуд*", "рассужда*", "work through"],
    "steps": ["step by step", "stepwise", "пошагово", "по шагам"],
    "both": ["@reason", "@steps"],
    "word": ["one", "two"],
}


def compiler() -> Compiler:
    made = Compiler(Lexicon())
    for name, entries in CLASSES.items():
        made.define(name, entries)
    for word, value in (("three", 3), ("трех", 3)):
        made.lexicon.add_number(word, value)
    return made


def resumed(compiler: Compiler) -> Compiler:
    """A compiler that only knows what another one has kept, as it is when it has been written and read."""
    lexicon, patterns = json.loads(json.dumps([compiler.lexicon.keep(), compiler.keep()]))
    return Compiler(Lexicon(kept=lexicon), patterns)


def check(pattern: str, marked: str) -> None:
    """`⟦…⟧` marks the matches, one for a sentence at most."""
    text = marked.replace("⟦", "").replace("⟧", "")
    expected = [piece.partition("⟧")[0] for piece in marked.split("⟦")[1:]]
    made = compiler()
    made.compile(pattern)
    for one in (made, resumed(made)):
        compiled = one.compile(pattern)
        reading = Reading(text, Abbreviations(one.lexicon.exact))
        found = [reading.span(*match) for match in compiled.find(Marks(reading.tokens, one.lexicon))]
        assert [text[span.start : span.end] for span in found] == expected


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("think", "Please ⟦think⟧ and reason."),
        ("think", "Rethink thinking."),
        ("think*", "Rethink ⟦thinking⟧."),
        ("@reason ..2 @steps", "⟦Think about it step by step⟧."),
        ("@reason ..2 @steps", "Think about all of it step by step."),
        ("@reason .. @steps", "⟦Рассуждай, пожалуйста, пошагово⟧."),
        ("@reason .. @steps", "Think. Step by step we went."),
        ("@reason // @steps", "⟦Think. Go step by step⟧."),
        ("@reason", "A reasonable answer; ⟦reasoning⟧."),
        ("@both and", "⟦Step by step and⟧ back. ⟦Work through and⟧."),
        ("@steps", "A ⟦step-by-step⟧ plan; ⟦step\u2011by\u2011step⟧."),
        ("# drafts", "Write ⟦three drafts⟧. Write ⟦12 drafts⟧. Write drafts."),
        ("(write|make) (a|the)? draft", "⟦Write a draft⟧. ⟦Make draft⟧. Write my draft."),
        ("think (hard .. about)?  it", "⟦Think it⟧. ⟦Think hard now about it⟧. Think hard it."),
        ("^ think", "⟦Think⟧ again. I think. ⟦Think⟧. Note: ⟦think⟧."),
        ("think $", "I ⟦think⟧. I think so. Now ⟦think⟧"),
        ("think !so", "I think so. I ⟦think⟧ not."),
        ("<!i think", "I think. You ⟦think⟧."),
        ("think !@word", "Think one. ⟦Think⟧ three."),
        ("confidence score :", "⟦confidence_score:⟧ high"),
        ("<thinking> ..5 answer", "Use ⟦`<thinking>` tags before the answer⟧."),
        ("@code now", "Run ⟦`ls -l` now⟧."),
        ("@variable", "Solve ⟦{{task}}⟧."),
        ("ещё", "⟦Еще⟧ раз. И ⟦ещё⟧."),
    ],
)
def test_a_pattern_matches_what_is_marked(pattern: str, text: str) -> None:
    check(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("", "1 to 200 elements"),
        ("@nothing", "no word class @nothing"),
        ("(a|b", "without its ')'"),
        ("a)", "without its '('"),
        ("(a|)", "choice is empty"),
        ("..", "at least one word"),
        ("a?", "at least one word"),
        ("a ..99 b", "up to 15 words"),
        ("a*b", "is no word"),
        ("!@steps a", "class of single words"),
        ("(" * 9 + "a" + ")" * 9, "nested too deeply"),
        ("a " * 300, "1 to 200 elements"),
    ],
)
def test_a_broken_pattern_is_told(pattern: str, message: str) -> None:
    with pytest.raises(PatternError, match=message.replace("(", r"\(").replace(")", r"\)")):
        compiler().compile(pattern)


def test_the_work_on_a_pattern_does_not_depend_on_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would make a backtracking engine hang: many gaps, and a text in which every word may be the next."""
    made = compiler()
    compiled = made.compile(" ..15 ".join(["(a|a b?|a (a|b)?)?"] * 12) + " ..15 a ..15 never")
    steps: list[int] = []
    original = Marks.__getattribute__

    def counting(marks: Marks, name: str) -> object:
        steps[-1] += 1
        return original(marks, name)

    monkeypatch.setattr(Marks, "__getattribute__", counting)
    for size in (1_000, 4_000):
        steps.append(0)
        compiled.find(Marks(["a"] * size + ["never"], made.lexicon))
    assert steps[0] == steps[1]


def test_gaps_across_sentences_are_few() -> None:
    with pytest.raises(PatternError, match="3 gaps"):
        compiler().compile("a // b // c // d // e")
