"""A pack of the user: what is broken in it costs one technique and gives one clear problem; the rest keeps working."""

from __future__ import annotations

import re
import shutil
from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.techniques.ids import TECHNIQUES

from thoughtsmith.formats import markdown
from thoughtsmith.host.disk import Disk
from thoughtsmith.host.installation import data_folder
from thoughtsmith.syntax.block import plain
from thoughtsmith.techniques.catalogue import load, render
from thoughtsmith.techniques.detection import Detector
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from thoughtsmith.techniques.catalogue import Catalogue

TECHNIQUE = """\
id = "socratic"
group = "test-time-scaling"
phase = 15
tag = "socratic"
primary = "n"
related = ["cot"]
entails = []
name = { en = "Socratic questions", ru = "Сократовские вопросы" }
summary = { en = "Questions first.", ru = "Сначала вопросы." }
words = { en = ["socratic"], ru = ["сократ"] }
mentions = { en = ["socratic questions"], ru = ["сократовск* вопрос*"] }
suits = { en = [], ru = [] }

[params.n]
type = "integer"
default = 3
min = 2
max = 9
en = "how many questions"
ru = "сколько вопросов"

[slots.task]
en = "the task"
ru = "задача"

[[parts]]
id = "questions"
required = true
en = "questions"
ru = "вопросы"
present = { en = ["question*"], ru = ["вопрос*"] }

[cost]
answers = "n + 1"
prompt = { en = "One call.", ru = "Один вызов." }
api = { en = "N calls.", ru = "N вызовов." }

[[evidence]]
source = "https://example.org/socratic"
form = "prompt"
en = "It helped in 3 of 4 cases."
ru = "Помогло в 3 случаях из 4."
"""
BLOCK_EN = """\
title: Socratic
lead: Ask yourself about {% if task_above %}the task above{% else %}{{ slot("task", "the task") }}{% endif %}:
- Write {{ n }} {{ n | plural("question", "questions") }}.
"""
BLOCK_RU = """\
title: Сократ
lead: Спроси себя о {% if task_above %}задаче выше{% else %}{{ slot("task", "задаче") }}{% endif %}:
- Напиши {{ n }} {{ n | plural("вопрос", "вопроса", "вопросов") }}.
"""
PAGE_EN = """\
## What it does
It asks.

## When to use it
- Often.

## When not to use it
- Seldom.

## In a single prompt
The same.

## At run time
Ask.
"""
PAGE_RU = """\
## Что делает
Спрашивает.

## Когда применять
- Часто.

## Когда не применять
- Редко.

## В одном промпте
То же.

## Вне промпта
Спросите.
"""
FILES = {
    "technique.toml": TECHNIQUE,
    "block.en.j2": BLOCK_EN,
    "block.ru.j2": BLOCK_RU,
    "explain.en.md": PAGE_EN,
    "explain.ru.md": PAGE_RU,
}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def load_over(shipped: Path, pack: Path) -> Catalogue:
    disk = Disk()
    return load([(disk, shipped.as_posix()), (disk, pack.as_posix())])


@pytest.fixture(scope="module")
def load_with(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Catalogue]:
    """Loads a pack over a small part of the shipped content: most tests need no more, and this is much quicker."""
    shipped, small = data_folder("snippets"), tmp_path_factory.mktemp("shipped")
    for name in ("schema", "cot", "tot"):
        shutil.copytree(shipped / name, small / name)
    for name in ("ratings.toml", "models.toml", "context.toml"):
        shutil.copy(shipped / name, small)
    for name in ("cot", "tot"):
        path = small / name / "technique.toml"
        text = re.sub(r"^(related|absorbs) = .*$", r"\1 = []", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")
    return partial(load_over, small)


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """The files of the technique with one replacement in one of them."""
    assert FILES[file].count(old) == 1, f"{old!r} must stand in {file} exactly once"
    return {**FILES, file: FILES[file].replace(old, new)}


def without(file: str) -> dict[str, str]:
    return {name: text for name, text in FILES.items() if name != file}


@pytest.fixture
def check(load_with: Callable[[Path], Catalogue], tmp_path: Path) -> Callable[..., None]:
    return partial(_check, load_with, tmp_path)


def _check(
    load_with: Callable[[Path], Catalogue], pack: Path, files: dict[str, str], file: str, key: str, *says: str
) -> None:
    """A pack with this technique, and one more that is fine, has exactly one problem: in `file`, at `key`."""
    write(pack / "socratic", files)
    write(pack / "good", {**FILES, "technique.toml": TECHNIQUE.replace('id = "socratic"', 'id = "good"')})
    catalogue = load_with(pack)
    [problem] = catalogue.problems
    assert problem.path == (pack / "socratic" / file).as_posix()
    assert problem.key == key
    for words in says:
        assert words in problem.message
    assert str(problem).startswith(problem.path)
    assert catalogue.techniques.keys() == {"good", "cot", "tot"}


def test_a_good_pack_adds_a_technique(tmp_path: Path, load_with: Callable[[Path], Catalogue]) -> None:
    write(tmp_path / "socratic", FILES)
    catalogue = load_with(tmp_path)
    assert catalogue.problems == ()
    technique = catalogue.techniques["socratic"]
    assert plain(render(technique, "ru", {"n": 5}).items[0].content) == "Напиши 5 вопросов."
    # Phase 15 is before chain of thought (30) and the tree (40).
    assert list(catalogue.techniques) == ["socratic", "cot", "tot"]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "says"),
    [
        ("technique.toml", "phase = 15", "phase =", "", "not valid TOML"),
        ("technique.toml", "phase = 15", "", "", "phase"),
        ("technique.toml", "phase = 15", 'phase = "early"', "phase", "integer"),
        ("technique.toml", "phase = 15", 'phase = 15\ncolour = "red"', "", "colour"),
        ("technique.toml", ', ru = "Сократовские вопросы"', "", "name", "ru"),
        ("technique.toml", ', ru = "Сначала вопросы."', "", "summary", "ru"),
        ("technique.toml", 'ru = "сколько вопросов"', "", "params.n", "ru"),
        ("technique.toml", "max = 9", "", "params.n", "max"),
        ("technique.toml", "max = 9", "max = 9\nstep = 2", "params.n", "step"),
        ("technique.toml", "max = 9", "max = 1000000000", "params.n.max", "1000"),
        ("technique.toml", 'type = "integer"', 'type = "choice"', "params.n", "values"),
        ("technique.toml", 'ru = "задача"', "", "slots.task", "ru"),
        ("technique.toml", 'id = "socratic"', 'id = "plato"', "id", "plato"),
        ("technique.toml", "default = 3", "default = 10", "params.n.default", "10"),
        ("technique.toml", "default = 3", "default = 1", "params.n.default", "1"),
        ("technique.toml", 'primary = "n"', 'primary = "m"', "primary", "m"),
        ("technique.toml", "n + 1", "m + 1", "cost.answers", "'m'"),
        ("technique.toml", "n + 1", "n ** 9", "cost.answers", "only numbers"),
        ("technique.toml", "n + 1", "pow(n)", "cost.answers", "only numbers"),
        ("technique.toml", "n + 1", "+".join(["n"] * 100_000), "cost.answers", ""),
        ("technique.toml", "n + 1", "(n", "cost.answers", ""),
        ("technique.toml", "https://example.org/socratic", "hearsay", "evidence.0.source", ""),
        ("technique.toml", "suits = { en = [], ru", "suits = { en = ['*'], ru", "suits.en.0", ""),
        ("technique.toml", "tag = ", "x = " + "[" * 5_000 + "]" * 5_000 + "\ntag = ", "", "nested"),
        ("technique.toml", "phase = 15", "phase = " + "9" * 5_000, "", "not valid TOML"),
        ("block.en.j2", "{% endif %}", "", "", ""),
        ("block.en.j2", "title: Socratic", "Socratic", "", "neither title"),
        ("block.en.j2", "title: Socratic\n", "", "", "title"),
        ("block.ru.j2", "{{ n }}", "{{ m }}", "", "'m'"),
        ("block.ru.j2", 'slot("task"', 'slot("aim"', "", "aim, task"),
        ("block.ru.j2", '{{ slot("task", "задаче") }}', "задаче", "", "task"),
        ("explain.en.md", "## When not to use it\n- Seldom.\n", "", "", "When not to use it"),
        ("explain.ru.md", "## Что делает", "## Зачем это", "", "Что делает"),
        ("explain.ru.md", "## Что делает", "Введение.\n\n## Что делает", "", "exactly these sections"),
    ],
)
def test_a_broken_technique_is_one_problem(
    file: str, old: str, new: str, key: str, says: str, check: Callable[..., None]
) -> None:
    check(changed(file, old, new), file, key, says)


@pytest.mark.parametrize("file", list(FILES))
def test_a_missing_file_is_one_problem(file: str, check: Callable[..., None]) -> None:
    check(without(file), file, "", "missing")


def test_a_file_that_is_not_utf8_is_one_problem(tmp_path: Path, check: Callable[..., None]) -> None:
    write(tmp_path / "socratic", FILES)
    (tmp_path / "socratic" / "explain.ru.md").write_bytes(PAGE_RU.encode("cp1251"))
    check(without("explain.ru.md"), "explain.ru.md", "", "not UTF-8")


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{% for i in n %}{{ i }}{% endfor %}", "for is not allowed"),
        ("{% for i in range(1000000000) %}x{% endfor %}", "for is not allowed"),
        ("{{ range(1000000000) }}", "only slot"),
        ("{{ n.real }}", "getattr is not allowed"),
        ("{{ ''.__class__ }}", "getattr is not allowed"),
        ("{{ ''['__class__'] }}", "getitem is not allowed"),
        ("{{ slot.__globals__ }}", "getattr is not allowed"),
        ("{{ slot('a', n) }}", "only slot"),
        ("{{ slot(*n) }}", "only slot"),
        ("{{ slot('a', 'b', c='d') }}", "only slot"),
        ("{{ slot('a', 'b', **n) }}", "only slot"),
        ("{{ 'x' | upper }}", ""),
        ("{{ 'x' * 1000000000 }}", "mul is not allowed"),
        ("{{ 9 ** 9 ** 9 }}", "pow is not allowed"),
        ("{{ '%1000000000d' % 1 }}", "mod is not allowed"),
        ("{{ '%1000000000d' | plural('a', 'b', 'c') }}", "number"),
        ("{{ 'x' ~ 'y' }}", "concat is not allowed"),
        ("{% set n = 5 %}", "assign is not allowed"),
        ("{% include 'block.ru.j2' %}", "include is not allowed"),
        ("{% import 'x' as x %}", "import is not allowed"),
        ("{% extends 'x' %}", "extends is not allowed"),
        ("{% macro m() %}{% endmacro %}", "macro is not allowed"),
        ("{% raw %}{{{% endraw %}{% filter plural %}x{% endfilter %}", "filterblock is not allowed"),
        ("{% if n %}" * 150 + "{% endif %}" * 150, "nested"),
        ("{{ " + "(" * 2_000 + "n" + ")" * 2_000 + " }}", "nested"),
        ("{{ " + "9" * 5_000 + " }}", ""),
        ("\ue0007\ue001", ""),
        ("{{ '\\ue0007\\ue001' }}", ""),
        ("{{ unknown }}", "unknown"),
        ("{{ slot }}", ""),
        ("x" * 20_000, "16000"),
    ],
)
def test_a_template_may_only_do_what_is_bounded(template: str, says: str, check: Callable[..., None]) -> None:
    files = changed("block.en.j2", "- Write", f"- {template} Write")
    check(files, "block.en.j2", "", says)


def test_a_pack_replaces_a_technique_of_the_same_id(tmp_path: Path, load_with: Callable[[Path], Catalogue]) -> None:
    write(
        tmp_path / "cot",
        {**FILES, "technique.toml": TECHNIQUE.replace('id = "socratic"', 'id = "cot"').replace('["cot"]', "[]")},
    )
    catalogue = load_with(tmp_path)
    assert catalogue.problems == ()
    assert catalogue.techniques["cot"].name.en == "Socratic questions"
    assert catalogue.techniques.keys() == {"cot", "tot"}


@pytest.mark.parametrize(
    ("file", "old", "new"), [("technique.toml", "phase = ", "faze = "), ("block.en.j2", "title: ", "titel: ")]
)
def test_what_is_shipped_can_be_proved_like_a_pack(tmp_path: Path, file: str, old: str, new: str) -> None:
    shutil.copytree(data_folder("snippets"), tmp_path / "shipped")
    path = tmp_path / "shipped" / "cot" / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    roots = [(Disk(), (tmp_path / "shipped").as_posix())]
    problems = load(roots, prove_shipped=True).problems
    assert path.as_posix() in {problem.path for problem in problems}
    # Without proof it costs itself at most, as every broken folder.
    assert load(roots).techniques.keys() >= set(TECHNIQUES) - {"cot"}


def test_a_broken_replacement_leaves_the_shipped_technique(
    tmp_path: Path, load_with: Callable[[Path], Catalogue]
) -> None:
    write(tmp_path / "cot", {**FILES, "technique.toml": TECHNIQUE.replace('id = "socratic"', "id = cot")})
    catalogue = load_with(tmp_path)
    assert len(catalogue.problems) == 1
    assert catalogue.techniques["cot"].name.en == "Chain-of-Thought"


def test_a_reference_to_no_technique_is_a_problem_that_costs_nothing(
    tmp_path: Path, load_with: Callable[[Path], Catalogue]
) -> None:
    write(tmp_path / "socratic", changed("technique.toml", '["cot"]', '["cot", "maieutic"]'))
    catalogue = load_with(tmp_path)
    [problem] = catalogue.problems
    assert problem.path == (tmp_path / "socratic" / "technique.toml").as_posix()
    assert problem.key == "related.1"
    assert "maieutic" in problem.message
    assert "socratic" in catalogue.techniques


@pytest.mark.parametrize(
    ("file", "text", "key", "says"),
    [
        ("knowledge/x.toml", "id = ", "", "not valid TOML"),
        ("knowledge/x.toml", 'id = "x"', "", "group"),
        ("recipes/mix/recipe.toml", "id = ", "", "not valid TOML"),
        ("models.toml", 'checked = "2030-01-01"\n[[family]]\nmatch = "("', "family.0", "reasons"),
        (
            "models.toml",
            'checked = "2030-01-01"\n[[family]]\nmatch = "(a+)+"\nreasons = "never"\nname = "A"\nsource = "us"',
            "family.0.match",
            "must be a model id",
        ),
        ("ratings.toml", "[group]", "", ""),
        ("context.toml", 'en = ["a"]', "", "ru"),
    ],
)
def test_other_broken_files_are_one_problem(
    tmp_path: Path, file: str, text: str, key: str, says: str, load_with: Callable[[Path], Catalogue]
) -> None:
    write(tmp_path, {file: text})
    catalogue = load_with(tmp_path)
    [problem] = catalogue.problems
    assert problem.path == (tmp_path / file).as_posix()
    assert problem.key == key
    assert says in problem.message
    assert catalogue.techniques.keys() == {"cot", "tot"}
    assert catalogue.models


def test_characters_that_templates_may_not_use_cost_one_folder(
    tmp_path: Path, load_with: Callable[[Path], Catalogue]
) -> None:
    source = data_folder("snippets") / "cot"
    for file in source.iterdir():
        text = file.read_text(encoding="utf-8").replace('id = "cot"', 'id = "mine"')
        write(tmp_path, {f"mine/{file.name}": text + ("\ue000" + "9" * 5000 + "\ue001" if ".j2" in file.name else "")})
    catalogue = load_with(tmp_path)
    assert len(catalogue.problems) == 1
    assert catalogue.techniques.keys() == {"cot", "tot"}


def test_the_models_of_a_pack_come_first(tmp_path: Path, load_with: Callable[[Path], Catalogue]) -> None:
    family = '[[family]]\nmatch = "gpt-4o"\nreasons = "always"\nname = "Ours"\nsource = "us"'
    write(tmp_path, {"models.toml": f'checked = "2030-01-01"\n{family}'})
    catalogue = load_with(tmp_path)
    assert catalogue.problems == ()
    assert catalogue.models[0].name == "Ours"
    assert len(catalogue.models) > 1
    assert catalogue.models_checked == "2030-01-01"


def test_hidden_folders_and_loose_files_are_no_techniques(
    tmp_path: Path, load_with: Callable[[Path], Catalogue]
) -> None:
    write(tmp_path, {".git/config": "", "notes.md": "", "schema/technique.schema.json": "{}"})
    catalogue = load_with(tmp_path)
    assert catalogue.problems == ()
    assert catalogue.techniques.keys() == {"cot", "tot"}


def test_a_pack_cannot_loosen_the_schema(tmp_path: Path, check: Callable[..., None]) -> None:
    write(tmp_path / "schema", {"technique.schema.json": "{}"})
    check(changed("technique.toml", "phase = 15", "phase = 15\nx = 1"), "technique.toml", "", "x")


def test_choices_that_could_multiply_are_refused(check: Callable[..., None]) -> None:
    long = "x" * 100_000
    choice = f'[params.size]\ntype = "choice"\nvalues = ["{long}"]\ndefault = "{long}"\nen = "a"\nru = "б"\n\n'
    files = changed("technique.toml", "[slots.task]", f"{choice}[slots.task]")
    check(files, "technique.toml", "params.size.values.0", "80")


def test_no_pack_folder_is_no_problem(tmp_path: Path, load_with: Callable[[Path], Catalogue]) -> None:
    assert load_with(tmp_path / "nowhere").problems == ()


def test_a_broken_pack_costs_none_of_the_shipped_techniques(tmp_path: Path) -> None:
    write(tmp_path / "socratic", without("block.ru.j2"))
    catalogue = load_over(data_folder("snippets"), tmp_path)
    assert len(catalogue.problems) == 1
    assert len(catalogue.techniques) == 10
    assert catalogue.recipes
    assert catalogue.knowledge


SIGNS = """\
[words]
ask = ["ask yourself", "question yourself"]

[[signs]]
id = "ask"
patterns = ["@ask ..3 (why|what|how)"]
yes = ["Ask yourself why it is so."]
"""


def test_a_pack_says_how_its_technique_is_recognised(tmp_path: Path, load_with: Callable[[Path], Catalogue]) -> None:
    write(tmp_path / "socratic", {**FILES, "signs.en.toml": SIGNS})
    write(tmp_path, {"lexicon.en.toml": '[classes]\nteam = ["we"]\n'})
    catalogue = load_with(tmp_path)
    assert catalogue.problems == ()
    detector = Detector(catalogue)
    assert not [problem for problem in detector.problems if "socratic" in str(problem)]
    (found,) = detector.detect(markdown.FORMAT.parse(Lines.of("Hello.\n\nAsk yourself first why it is so.\n")))
    assert (found.id, found.form) == ("socratic", "instruction")


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("signs.en.toml", '[[signs]]\nid = "a"\npatterns = ["(a"]\n', "without its ')'"),
        ("signs.en.toml", '[[signs]]\nid = "a"\npatterns = ["@none such"]\n', "no word class @none"),
        ("signs.ru.toml", '[[signs]]\nid = "a"\npatterns = ["a"]\nunless = ["..99 b"]\n', "up to 15 words"),
    ],
)
def test_a_broken_pattern_of_a_pack_is_told(
    tmp_path: Path, load_with: Callable[[Path], Catalogue], file: str, text: str, says: str
) -> None:
    write(tmp_path / "socratic", {**FILES, file: text})
    problems = [problem for problem in Detector(load_with(tmp_path)).problems if "socratic" in problem.path]
    assert [problem.path.rpartition("/")[2] for problem in problems] == [file]
    assert says in str(problems[0])


def test_signs_that_are_no_signs_are_one_problem(tmp_path: Path, load_with: Callable[[Path], Catalogue]) -> None:
    write(tmp_path / "socratic", {**FILES, "signs.en.toml": '[[signs]]\nid = "a"\ncolour = "red"\n'})
    (problem,) = load_with(tmp_path).problems
    assert problem.path.endswith("socratic/signs.en.toml")


@pytest.mark.parametrize(
    ("lexicon", "says"),
    [
        ('[classes]\nmine = ["@nothing"]\n', "no word class @nothing"),
        ('[classes]\none = ["@two", "uno"]\ntwo = ["@one"]\n', "take in one another"),
    ],
)
def test_a_broken_word_class_of_a_pack_costs_itself_only(
    tmp_path: Path, load_with: Callable[[Path], Catalogue], lexicon: str, says: str
) -> None:
    write(tmp_path, {"lexicon.en.toml": lexicon})
    detector = Detector(load_with(tmp_path))
    assert says in str(detector.problems)
    assert [d.id for d in detector.detect(markdown.FORMAT.parse(Lines.of("# Chain of thought\n")))] == ["cot"]


def test_a_signal_cannot_be_called_like_a_technique(tmp_path: Path, load_with: Callable[[Path], Catalogue]) -> None:
    signal = 'id = "cot"\neffect = "negates"\nscope = "section"\n[[signs]]\nid = "x"\npatterns = ["chain"]\n'
    write(tmp_path, {"signals/cot.toml": signal})
    (problem,) = load_with(tmp_path).problems
    assert problem.key == "id"
