"""Detection: blocks, parameters, parts, polarity, mentions."""

from __future__ import annotations

import random
import shutil
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from tests.techniques.test_content import RECIPES, all_blocks, each_language, each_technique, shipped, written

from thoughtsmith.formats import markdown
from thoughtsmith.formats.place import Style
from thoughtsmith.host.disk import Disk
from thoughtsmith.host.installation import data_folder
from thoughtsmith.techniques.catalogue import load
from thoughtsmith.techniques.detection import Detection, Detector
from thoughtsmith.text.lines import Lines

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from thoughtsmith.techniques.model import Language


@pytest.fixture(scope="session")
def detector() -> Detector:
    return Detector(shipped())


def detect(detector: Detector, text: str) -> tuple[Detection, ...]:
    return detector.detect(markdown.FORMAT.parse(Lines.of(text)))


def asked_for(detector: Detector, text: str) -> set[str]:
    """The techniques that a prompt asks for."""
    return {d.id for d in detect(detector, text) if d.form == "instruction" and not d.negated}


# Content


def sign_files() -> list[Path]:
    return sorted([*data_folder("snippets").glob("*/signs.*.toml"), *data_folder("snippets").glob("signals/*.toml")])


def examples(key: str) -> Iterator[Any]:
    for path in sorted(data_folder("snippets").glob("*/signs.*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        owner = path.parent.name
        for entry in (*data.get("signs", ()), *data.get("chains", ()), data):
            if key == "no" or entry.get("weight", 0.9) >= 0.5:
                for text in entry.get(key, ()):
                    yield pytest.param(owner, text, id=f"{owner}: {text[:60]}")


def test_every_pattern_compiles(detector: Detector) -> None:
    assert detector.problems == ()


@pytest.mark.parametrize(("technique_id", "text"), list(examples("yes")))
def test_an_example_is_recognised(detector: Detector, technique_id: str, text: str) -> None:
    assert technique_id in asked_for(detector, text)


@pytest.mark.parametrize(("technique_id", "text"), list(examples("no")))
def test_a_counter_example_is_not(detector: Detector, technique_id: str, text: str) -> None:
    assert technique_id not in asked_for(detector, text)


def signal_examples() -> Iterator[Any]:
    for path in sorted(data_folder("snippets").glob("signals/*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        if data["scope"] == "sentence":
            for sign in data["signs"]:
                for key in ("yes", "no"):
                    for text in sign[key]:
                        yield pytest.param(data["id"], text, key == "yes", id=f"{data['id']}: {text[:60]}")


@pytest.mark.parametrize(("signal", "text", "given"), list(signal_examples()))
def test_the_signals_of_sentences(detector: Detector, signal: str, text: str, given: bool) -> None:
    found = detector.find(markdown.FORMAT.parse(Lines.of(text))).signals
    assert (signal in {one.id for one in found}) is given
    assert all(one.sentence.covers(one.span) for one in found)


def test_a_signal_in_a_quotation_or_under_what_to_avoid_is_none(detector: Detector) -> None:
    for text in (
        "> Return only JSON.\n",
        "## Do not\n\n- Return only JSON.\n",
        'Never say "return only JSON" to them.\n',
    ):
        assert detector.find(markdown.FORMAT.parse(Lines.of(text))).signals == ()


@each_technique
@each_language
def test_every_technique_has_examples_and_counter_examples(technique_id: str, language: Language) -> None:
    data = tomllib.loads((data_folder("snippets") / technique_id / f"signs.{language}.toml").read_text("utf-8"))
    entries = [*data["signs"], *data.get("chains", ()), data]
    assert sum(len(entry.get("yes", ())) for entry in entries) >= 5
    assert sum(len(entry.get("no", ())) for entry in entries) >= 5


def test_signs_refer_to_what_there_is() -> None:
    signals = set(shipped().signals)
    for technique in shipped().techniques.values():
        ids = {sign.id for file in technique.signs for sign in file.signs}
        params = {param.name for param in technique.params}
        for file in technique.signs:
            for chain in file.chains:
                assert {sign for wanted in chain.signs for sign in wanted.split("|")} <= ids, file.path
            for sign in file.signs:
                assert set(sign.not_in) <= signals, f"{file.path}: {sign.id}"
                assert sign.number in {"", *params}, f"{file.path}: {sign.id}"


# What is rendered is recognised


@each_technique
@each_language
def test_a_block_is_recognised_as_its_technique_and_as_no_other(
    technique_id: str, language: Language, detector: Detector
) -> None:
    technique = shipped().techniques[technique_id]
    for values, task_above, block in all_blocks(technique, language):
        for style in Style:
            text = written(block, style)
            context = f"{values}, task above: {task_above}, {style}:\n{text}"
            found = detect(detector, text)
            assert {d.id for d in found} == {technique_id, *technique.entails}, context
            own = [d for d in found if d.id == technique_id]
            assert [d.form for d in own] == ["instruction"], context
            assert not own[0].negated, context
            assert own[0].missing == (), context
            assert text[own[0].span.start : own[0].span.end] == text.strip(), context
            assert {**values, **dict(own[0].params)} == values, context


@pytest.mark.parametrize("recipe_id", RECIPES)
@each_language
def test_a_recipe_is_recognised_as_its_techniques(recipe_id: str, language: Language, detector: Detector) -> None:
    recipe = shipped().recipes[recipe_id]
    for values, task_above, block in all_blocks(recipe, language):
        for style in Style:
            found = asked_for(detector, written(block, style))
            assert found == set(recipe.techniques), f"{values}, task above: {task_above}, {style}"


# What the surroundings do


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Think step by step.", "cot"),
        ("Do not think step by step.", "not cot"),
        ("Never answer before you have reasoned step by step.", "cot"),
        ("Don't forget to think step by step.", "cot"),
        ("Никогда не рассуждай пошагово.", "not cot"),
        ("Не забудь рассуждать пошагово.", "cot"),
        ("## Avoid\n\n- Thinking step by step", "not cot"),
        ("Do not:\n- think step by step", "not cot"),
        ("Никогда не делай:\n- рассуждай пошагово", "not cot"),
        ("> Think step by step.", "(cot)"),
        ('The phrase "think step by step" is well known.', "(cot)"),
        ('prompt: "Think step by step."', "cot"),
        ('{"system": "You are helpful.\\n\\nThink step by step."}', "cot"),
        ("# Chain of Thought\n\nHello.", "(cot)"),
        ("# Chain of Thought\n\nThink step by step.", "cot"),
        ("Think step by step.\n\nOne.\n\nTwo.\n\nThree.\n\nThink step by step.", "cot, cot"),
        ("<!-- Think step by step. -->", ""),
        ("Hello.", ""),
    ],
)
def test_form_and_polarity(detector: Detector, text: str, expected: str) -> None:
    def said(d: Detection) -> str:
        return f"({d.id})" if d.form == "mention" else f"not {d.id}" if d.negated else d.id

    assert ", ".join(said(d) for d in detect(detector, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hello.\n\n⟦Think step by step.⟧\n\nBye.",
        "Hello. ⟦Think step by step.⟧ Bye.",
        "1. Read.\n⟦2. Think step by step:\n   - about this\n   - about that⟧\n3. Write.",
        "⟦Think step by step about:\n\n- this\n- that⟧\n\nBye.",
        "# Task\n\nHello.\n\n⟦# Chain of thought\n\nSome words.\n\nThink step by step.⟧\n\n# End\n\nBye.",
        "Hello.\n\n⟦<chain_of_thought>\nSome words.\n\nThink step by step.\n</chain_of_thought>⟧\n\nBye.",
        "Hello 🙂 é. ⟦Рассуждай пошагово.⟧ Пока.",
    ],
)
def test_the_span_is_the_whole_block(detector: Detector, text: str) -> None:
    bare = text.replace("⟦", "").replace("⟧", "")
    (found,) = (d for d in detect(detector, bare) if d.id == "cot")
    start, end = found.span
    assert bare[start:end] == text.partition("⟦")[2].partition("⟧")[0]


INSTRUCTIONS = (
    "Think step by step before you answer.",
    "Double-check your answer before you respond.",
    "State your confidence from 0 to 100 for every claim.",
    "Break the problem into sub-problems and solve each of them.",
    "Рассуждай пошагово, прежде чем ответить.",
    "Перепроверь свой ответ перед отправкой.",
    "Укажи степень уверенности для каждого утверждения.",
    "Разбей задачу на подзадачи и реши каждую.",
)

SPELLINGS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small letters": str.lower,
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
    "hard hyphens": lambda text: text.replace("-", "\u2011"),
    "dashes": lambda text: text.replace("-", "\u2013"),
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
    "two spaces": lambda text: text.replace(" ", "  "),
    "tabs": lambda text: text.replace(" ", "\t"),
    "line breaks": lambda text: text.replace(" ", "\n"),
    "soft hyphens": lambda text: text[:3] + "\u00ad" + text[3:],
    "zero-width spaces": lambda text: text.replace(" ", " \u200b"),
    "ё": lambda text: text.replace("е", "ё"),
    "emphasis": lambda text: f"**{text}**",
    "a list": lambda text: f"- {text}",
    "a heading": lambda text: f"## {text}",
    "a tag": lambda text: f"<rules>\n{text}\n</rules>",
    "a string": lambda text: f'SYSTEM = "{text}"',
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("text", INSTRUCTIONS)
def test_spelling_does_not_matter(detector: Detector, text: str, spelling: str) -> None:
    assert asked_for(detector, text)
    assert asked_for(detector, SPELLINGS[spelling](text)) == asked_for(detector, text)


SILENCED: dict[str, Callable[[str], str]] = {
    "code": lambda text: f"Some prose about a function in a file:\n\n```python\n# {text}\n```",
    "a comment": lambda text: f"<!-- {text} -->",
    "front matter": lambda text: f"---\ndescription: {text}\n---\n\nHello.",
    "a quotation": lambda text: f"The manual says “{text}” somewhere.",
    "a block quotation": lambda text: f"> {text}",
    "code in a line": lambda text: f"Call `{text[:30]}` here.",
}


@pytest.mark.parametrize("place", SILENCED)
@pytest.mark.parametrize("text", INSTRUCTIONS)
def test_what_is_quoted_is_not_asked_for(detector: Detector, text: str, place: str) -> None:
    assert asked_for(detector, SILENCED[place](text)) == set()


@pytest.mark.parametrize(
    ("technique_id", "text"),
    [
        ("cot", "Do not think step by step before you answer."),
        ("cot", "Answer at once, without reasoning step by step."),
        ("cot", "There is no need to think step by step."),
        ("cot", "Не рассуждай пошагово, прежде чем ответить."),
        ("cot", "Никогда не рассуждай пошагово."),
        ("cot", "Не нужно рассуждать шаг за шагом."),
        ("verification", "Do not double-check your answer before you respond."),
        ("verification", "Не перепроверяй свой ответ перед отправкой."),
        ("confidence", "Do not state your confidence for every claim."),
        ("confidence", "Не указывай степень уверенности."),
        ("decomposition", "Do not break the problem into sub-problems."),
        ("decomposition", "Не разбивай задачу на подзадачи."),
    ],
)
def test_what_is_negated_is_asked_for_no_more(detector: Detector, technique_id: str, text: str) -> None:
    found = detect(detector, text)
    assert asked_for(detector, text) == set()
    assert technique_id in {d.id for d in found if d.negated}


@pytest.mark.parametrize("text", INSTRUCTIONS)
def test_other_text_changes_nothing(detector: Detector, text: str) -> None:
    """What an instruction is taken for does not depend on the paragraphs around it."""
    before = "# Role\n\nYou translate letters from French.\n\n"
    after = "\n\n# Style\n\n- Plain words\n- Short lines\n"
    assert asked_for(detector, before + text + after) == asked_for(detector, text)


def test_a_broken_pattern_costs_its_technique_only(tmp_path: Path) -> None:
    folder = tmp_path / "cot"
    shutil.copytree(data_folder("snippets") / "cot", folder)
    (folder / "signs.en.toml").write_text('[[signs]]\nid = "x"\npatterns = ["@nothing here"]\n', encoding="utf-8")
    disk = Disk()
    detector = Detector(load([(disk, data_folder("snippets").as_posix()), (disk, tmp_path.as_posix())]))
    (problem,) = detector.problems
    assert "there is no word class @nothing" in str(problem)
    assert problem.path.endswith("cot/signs.en.toml")
    assert "cot" not in asked_for(detector, "Think step by step.")
    assert "verification" in asked_for(detector, "Double-check your answer before you respond.")


def test_edits_give_the_same_as_the_text_from_scratch(detector: Detector) -> None:
    chance = random.Random(3)
    pieces = [
        *INSTRUCTIONS,
        "# Avoid\n",
        "\n\n",
        "- ",
        "Hello. ",
        "```\n",
        "Do not ",
        "> ",
        "**Check**:\n",
        "Chain of thought. ",
    ]
    text = "".join(chance.choice(pieces) for _ in range(60))
    tree = markdown.FORMAT.parse(Lines.of(text))
    for _ in range(300):
        lines = tree.lines
        line = chance.randrange(len(lines.lines))
        column = chance.randrange(len(lines.lines[line].rstrip("\n")) + 1)
        new = chance.choice(pieces)
        changed, first, tail = lines.replaced((line, 0), (line, column), new)
        tree = markdown.FORMAT.reparse(tree, changed, first, tail)
        assert detector.detect(tree) == Detector.detect(detector, markdown.FORMAT.parse(Lines.of(changed.text)))
        if len(changed.text) > 6_000:
            tree = markdown.FORMAT.parse(Lines.of(text))
