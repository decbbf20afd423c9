"""The shipped content keeps its own promises: complete in both languages, well-formed, and recognised as what it is."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import pytest
from tests.techniques.ids import TECHNIQUES

from thoughtsmith.formats import markdown
from thoughtsmith.formats.place import Style
from thoughtsmith.formats.placement import place_at_end
from thoughtsmith.formats.writing import to_plain
from thoughtsmith.host.disk import Disk
from thoughtsmith.host.installation import data_folder
from thoughtsmith.syntax.block import Block, Inline, Item, plain
from thoughtsmith.techniques import params
from thoughtsmith.techniques.catalogue import PAGE_SECTIONS, load, render
from thoughtsmith.techniques.detection import Detector
from thoughtsmith.techniques.model import LANGUAGES, Language, Localised, Recipe, Technique
from thoughtsmith.techniques.template import slot_names
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.model import Value

RECIPES = ("research",)
KNOWLEDGE = {
    "rlhf",
    "rlaif",
    "dpo",
    "ppo",
    "grpo",
    "orpo",
    "reward-model",
    "reward-model-explicit",
    "reward-model-implicit",
    "orm",
    "prm",
    "sft",
    "lora",
    "distillation",
    "beam-search",
    "verifier-search",
    "mcts",
    "graph-of-thoughts",
    "test-time-scaling",
    "benchmarks-reasoning",
    "benchmarks-general",
    "benchmarks-dialogue",
    "benchmarks-alignment",
    "benchmarks-multilingual",
}
MAX_LINES = 12

each_entry = pytest.mark.parametrize("entry_id", [*TECHNIQUES, *RECIPES])
each_technique = pytest.mark.parametrize("technique_id", TECHNIQUES)
each_language = pytest.mark.parametrize("language", LANGUAGES)


@cache
def shipped() -> Catalogue:
    """The content with all proof of it that a run of the program leaves out."""
    return load([(Disk(), data_folder("snippets").as_posix())], prove_shipped=True)


def entry_of(entry_id: str) -> Technique | Recipe:
    return shipped().techniques.get(entry_id) or shipped().recipes[entry_id]


def all_values(entry: Technique | Recipe) -> Iterator[dict[str, Value]]:
    """Every combination of parameter values."""
    ranges: list[Sequence[Value]] = [param.values or range(param.minimum, param.maximum + 1) for param in entry.params]
    for values in product(*ranges):
        yield dict(zip((param.name for param in entry.params), values, strict=True))


def all_blocks(entry: Technique | Recipe, language: Language) -> Iterator[tuple[dict[str, Value], bool, Block]]:
    for values in all_values(entry):
        for task_above in (False, True):
            yield values, task_above, render(entry, language, values, task_above=task_above)


def contents(block: Block) -> list[Inline]:
    """All texts of a block in the order in which they are read."""

    def of(items: tuple[Item, ...]) -> Iterator[Inline]:
        for item in items:
            yield item.content
            yield from of(item.children)

    return [block.title, block.lead, *of(block.items), *([block.close] if block.close else [])]


def written(block: Block, style: Style) -> str:
    """The block as the only content of a Markdown file."""
    place = place_at_end(markdown.FORMAT.parse(Lines.of("")), style, 1)
    return to_plain(markdown.FORMAT.write(block, place))


# What there is


def test_the_content_loads_without_problems() -> None:
    assert shipped().problems == ()


def test_the_techniques_are_those_of_the_contract() -> None:
    assert set(shipped().techniques) == set(TECHNIQUES)
    assert set(shipped().recipes) == set(RECIPES)


def test_the_required_terms_are_explained() -> None:
    assert set(shipped().knowledge) >= KNOWLEDGE


def test_ids_are_unique_across_kinds() -> None:
    assert len(set(shipped().ids)) == len(shipped().ids)


def test_references_lead_somewhere() -> None:
    catalogue = shipped()
    referred = {other for t in catalogue.techniques.values() for other in (*t.related, *t.entails)}
    referred |= {other for r in catalogue.recipes.values() for other in r.techniques}
    referred |= {other for k in catalogue.knowledge.values() for other in k.instead}
    assert referred <= set(TECHNIQUES)
    groups = {technique.group for technique in catalogue.techniques.values()}
    groups |= {entry.group for entry in catalogue.knowledge.values()}
    assert groups <= set(catalogue.ratings)
    assert not [t.id for t in catalogue.techniques.values() if t.id in t.related]


@each_technique
def test_every_text_of_a_technique_exists_in_both_languages(technique_id: str) -> None:
    technique = shipped().techniques[technique_id]
    texts: list[Localised] = [
        technique.name,
        technique.summary,
        technique.cost.prompt,
        technique.cost.api,
        *(text for _, text in technique.slots),
        *(param.text for param in technique.params),
        *(part.text for part in technique.parts),
        *(evidence.text for evidence in (*technique.evidence, *technique.caveats)),
        *(text for _, text in technique.pages),
    ]
    for text in texts:
        assert re.search("[A-Za-z]", text.en)
        assert not re.search("[А-яЁё]", text.en)
        assert re.search("[А-яЁё]", text.ru)
    for phrases in (technique.words, technique.mentions.names, technique.suits):
        assert phrases.en
        assert phrases.ru
    assert [title for title, _ in technique.pages] == list(PAGE_SECTIONS)


@each_entry
def test_words_are_lower_case_and_differ(entry_id: str) -> None:
    words = entry_of(entry_id).words
    for language in LANGUAGES:
        assert [word for word in words.of(language) if word != word.lower()] == []
        assert len(set(words.of(language))) == len(words.of(language))


# Blocks


@each_entry
@each_language
def test_blocks_are_well_formed_for_all_parameters(entry_id: str, language: Language) -> None:
    for values, task_above, block in all_blocks(entry_of(entry_id), language):
        context = f"{values}, task above: {task_above}"
        lines = [line for line in written(block, Style.PLAIN).splitlines() if line.strip()]
        assert len(lines) <= MAX_LINES, context
        assert plain(block.lead).endswith(":") == bool(block.items), context
        for content in contents(block):
            text = plain(content)
            assert text == text.strip(), context
            assert "  " not in text, f"{context}: {text}"
            assert " ," not in text, f"{context}: {text}"
            assert ".." not in text, f"{context}: {text}"
        for content in contents(block)[1:]:
            assert plain(content)[-1] in ".:;", f"{context}: {plain(content)}"


@each_entry
@each_language
def test_blocks_keep_to_one_language(entry_id: str, language: Language) -> None:
    foreign = re.compile("[A-Za-z]+" if language == "ru" else "[А-Яа-яЁё]+")
    for values, _, block in all_blocks(entry_of(entry_id), language):
        for content in contents(block):
            assert foreign.findall(plain(content)) == [], f"{values}: {plain(content)}"


OPENING = {"«": "»", "(": ")", "[": "]", "“": "”"}


@each_entry
@each_language
def test_quotes_and_brackets_are_balanced(entry_id: str, language: Language) -> None:
    for values, _, block in all_blocks(entry_of(entry_id), language):
        for content in contents(block):
            text = plain(content)
            stack: list[str] = []
            for letter in text:
                if letter in OPENING:
                    stack.append(OPENING[letter])
                elif letter in OPENING.values():
                    assert stack, f"{values}: {text}"
                    assert stack.pop() == letter, f"{values}: {text}"
            assert stack == [], f"{values}: {text}"
            assert text.count('"') % 2 == 0, f"{values}: {text}"


@each_entry
def test_both_languages_leave_the_same_slots(entry_id: str) -> None:
    entry = entry_of(entry_id)
    english, russian = (list(all_blocks(entry, language)) for language in LANGUAGES)
    for (values, task_above, first), (_, _, second) in zip(english, russian, strict=True):
        assert slot_names(first) == slot_names(second), f"{values}, task above: {task_above}"
        assert first.ordered == second.ordered
        assert len(contents(first)) == len(contents(second)), f"{values}: different items"


@each_entry
@each_language
def test_the_task_is_asked_for_only_where_it_does_not_stand_above(entry_id: str, language: Language) -> None:
    entry = entry_of(entry_id)
    # The block on confidence speaks of the answer, not of the task.
    asks = entry_id != "confidence"
    for _, task_above, block in all_blocks(entry, language):
        assert ("task" in slot_names(block)) == (asks and not task_above)


NOUNS: dict[str, tuple[str, str, str]] = {
    "вариант": ("вариант", "варианта", "вариантов"),
    "подход": ("подход", "подхода", "подходов"),
    "раунд": ("раунд", "раунда", "раундов"),
    "решен": ("независимое решение", "независимых решения", "независимых решений"),
    "уров": ("уровень", "уровня", "уровней"),
    "ветв": ("ветвь", "ветви", "ветвей"),
    "вопрос": ("проверочный вопрос", "проверочных вопроса", "проверочных вопросов"),
}
FORM = {1: 0, 2: 1, 3: 1, 4: 1} | dict.fromkeys(range(5, 21), 2)
GENITIVES = {
    ("остановись после", "раунд"): ("раунда", "раундов"),
    ("с помощью", "вопрос"): ("проверочного вопроса", "проверочных вопросов"),
    ("одному из", "уров"): ("уровня", "уровней"),
}
"""After these words the number stands in the genitive, whose forms are those of one and of many."""
_COUNTED = re.compile(r"(?P<before>\w+ \w+) (?P<number>\d+) (?P<noun>(?:[а-яё]+[ыо][хе] )?[а-яё]+)")


def numeral_errors(text: str) -> list[str]:
    """The numbers in `text` that do not agree with the noun after them."""
    errors: list[str] = []
    for match in _COUNTED.finditer(text):
        number, noun = int(match["number"]), match["noun"]
        stem = next((stem for stem in NOUNS if stem in noun), None)
        if stem is None:
            continue
        genitive = GENITIVES.get((match["before"].lower(), stem))
        expected = genitive[number != 1] if genitive else NOUNS[stem][FORM[number]]
        if not f"{noun} ".startswith(f"{expected} "):
            errors.append(f"{number} {noun}: should be {expected}")
    return errors


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("Подготовь мне 3 варианта решения", 0),
        ("Подготовь мне 5 варианта решения", 1),
        ("остановись после 1 раунда", 0),
        ("остановись после 2 раунда", 1),
        ("Подготовь мне 5 независимых решений задачи", 0),
        ("Подготовь мне 5 независимых решения задачи", 1),
    ],
)
def test_the_check_of_numerals_sees(text: str, errors: int) -> None:
    assert len(numeral_errors(text)) == errors


@each_entry
def test_russian_nouns_agree_with_their_numbers(entry_id: str) -> None:
    entry = entry_of(entry_id)
    for values, _, block in all_blocks(entry, "ru"):
        for content in contents(block):
            assert numeral_errors(plain(content)) == [], f"{values}: {plain(content)}"


@each_entry
def test_every_plural_is_one_that_the_table_of_nouns_knows(entry_id: str) -> None:
    template = entry_of(entry_id).templates.ru
    forms = re.findall(r'plural\("([^"]+)", "([^"]+)", "([^"]+)"\)', template)
    assert len(forms) == template.count("plural(")
    known = {*NOUNS.values(), *((one, many, many) for one, many in GENITIVES.values())}
    assert [form for form in forms if form not in known] == []


@each_entry
def test_english_nouns_agree_with_their_numbers(entry_id: str) -> None:
    for values, _, block in all_blocks(entry_of(entry_id), "en"):
        for content in contents(block):
            assert not re.search(r"\b1 (?:candidates|rounds|levels|approaches|questions)\b", plain(content)), values
            assert not re.search(r"\b[2-9] (?:candidate|round|level|approach|question)\b", plain(content)), values


# Figures


def numbers(text: str, language: Language) -> set[str]:
    """The numbers in a text, with a decimal point and without separators of thousands."""
    if language == "en":
        text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    else:
        text = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)", "", text)
    return {number.replace(",", ".") for number in re.findall(r"\d+(?:[.,]\d+)*", text)}


@pytest.mark.parametrize("entry_id", [*TECHNIQUES, *sorted(KNOWLEDGE)])
def test_evidence_has_a_source_and_the_same_figures_in_both_languages(entry_id: str) -> None:
    catalogue = shipped()
    entry = catalogue.techniques.get(entry_id) or catalogue.knowledge[entry_id]
    for evidence in (*entry.evidence, *entry.caveats):
        assert re.fullmatch(r"arXiv:\d{4}\.\d{4,5}|https://[\w.-]+/\S*", evidence.source), evidence
        assert numbers(evidence.text.en, "en") == numbers(evidence.text.ru, "ru"), evidence
    for evidence in entry.evidence:
        assert evidence.form in {"api", "prompt", "training"}
    assert numbers(entry.summary.en, "en") == numbers(entry.summary.ru, "ru")


@each_technique
def test_explanations_have_the_same_figures_in_both_languages(technique_id: str) -> None:
    for title, text in shipped().techniques[technique_id].pages:
        assert numbers(text.en, "en") == numbers(text.ru, "ru"), title.en


@each_technique
def test_every_technique_has_evidence_and_a_caveat(technique_id: str) -> None:
    technique = shipped().techniques[technique_id]
    assert technique.evidence
    assert technique.caveats


@each_technique
def test_the_cost_is_positive_and_never_falls_with_more_of_a_parameter(technique_id: str) -> None:
    technique = shipped().techniques[technique_id]
    costs = [params.answers(technique.cost.answers, values) for values in all_values(technique)]
    assert costs[0] >= 1
    assert costs == sorted(costs) or technique_id == "tot"


def test_what_adds_a_part_shows_it_and_fits_into_data() -> None:
    detector = Detector(shipped())
    for technique in shipped().techniques.values():
        for part in technique.parts:
            if part.insert is not None:
                for language in LANGUAGES:
                    text = part.insert.of(language)
                    assert part.id in detector.parts_of(technique.id, text), f"{technique.id}: {part.id}: {text}"
                    assert not set(text) & set("\"'#{}[]\\:"), text
