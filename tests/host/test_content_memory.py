"""What is kept of the content between runs changes how long a run takes, and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from thoughtsmith.formats import markdown
from thoughtsmith.host import content_memory
from thoughtsmith.host.content_memory import KEPT, ContentFiles, KeptMemory
from thoughtsmith.host.installation import data_folder, load_catalogue
from thoughtsmith.techniques import content_source, pattern_compiler
from thoughtsmith.techniques.catalogue import load, render
from thoughtsmith.techniques.detection import Detector
from thoughtsmith.techniques.model import LANGUAGES
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from thoughtsmith.techniques.catalogue import Catalogue
    from thoughtsmith.techniques.detection import Found

PROMPT = "# Task\n\nThink step by step, then answer. Do not use chain of thought.\n\n- Grow a tree of thoughts.\n"


@pytest.fixture
def snippets(tmp_path: Path) -> Path:
    """A small part of the shipped content that may be changed."""
    shipped, small = data_folder("snippets"), tmp_path / "snippets"
    for name in ("schema", "cot", "tot"):
        shutil.copytree(shipped / name, small / name)
    for name in ("ratings.toml", "models.toml", "context.toml", "lexicon.en.toml", "lexicon.ru.toml"):
        shutil.copy(shipped / name, small)
    for name in ("cot", "tot"):
        path = small / name / "technique.toml"
        text = re.sub(r"^(related|absorbs) = .*$", r"\1 = []", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")
    return small


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def run(cache: Path, *folders: Path) -> tuple[Catalogue, Found]:
    """What one run of the program loads and finds."""
    roots = [folder.as_posix() for folder in folders]
    files = ContentFiles(roots)
    catalogue = load(((files, root) for root in roots), KeptMemory(cache, files))
    return catalogue, Detector(catalogue).find(markdown.FORMAT.parse(Lines.of(PROMPT)))


@pytest.fixture
def making(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is parsed, and which patterns are compiled."""
    made: list[str] = []
    parse, compiled = content_source._toml, pattern_compiler.Compiler._compiled

    def parsing(path: str, text: str) -> object:
        made.append(path)
        return parse(path, text)

    def compiling(self: pattern_compiler.Compiler, source: str, scope: pattern_compiler.Scope) -> object:
        made.append(source)
        return compiled(self, source, scope)

    monkeypatch.setattr(content_source, "_toml", parsing)
    monkeypatch.setattr(pattern_compiler.Compiler, "_compiled", compiling)
    return made


def test_the_next_run_finds_the_same_and_makes_nothing_again(snippets: Path, cache: Path, making: list[str]) -> None:
    first = run(cache, snippets)
    assert [detection.id for detection in first[1].detections] == ["cot", "cot", "tot"]
    assert making
    making.clear()
    assert run(cache, snippets) == first
    assert making == []


def test_what_was_kept_of_all_content_recognises_what_the_content_itself_does(tmp_path: Path) -> None:
    roots = [data_folder("snippets").as_posix()]
    files = ContentFiles(roots)
    fresh = load((files, root) for root in roots)
    Detector(load(((files, root) for root in roots), KeptMemory(tmp_path, files)))
    kept = load(((files, root) for root in roots), KeptMemory(tmp_path, files))
    assert kept.memory.signs is not None
    one, other = Detector(fresh), Detector(kept)
    texts = [text for technique in fresh.techniques.values() for page in technique.pages for text in page[1]]
    texts += [technique.templates.of(language) for technique in fresh.techniques.values() for language in LANGUAGES]
    recognised = set()
    for text in texts:
        tree = markdown.FORMAT.parse(Lines.of(text))
        assert one.find(tree) == other.find(tree)
        recognised |= {detection.id for detection in one.find(tree).detections}
    assert recognised == fresh.techniques.keys()
    value = {param.name: param.default for param in fresh.techniques["bon"].params}
    assert render(kept.techniques["bon"], "en", value) == render(fresh.techniques["bon"], "en", value)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "half": lambda data: data[: len(data) // 2],
    "one letter changed": lambda data: data.replace(b'"parsed"', b'"Parsed"', 1),
    "other lines": lambda data: data.replace(b"\n", b"\r\n"),
    "no digest": lambda data: data.partition(b"\n")[2],
    "something else": lambda data: b"\x00" * 100,
    "no JSON": lambda data: sha256(b"{").hexdigest().encode() + b"\n{",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_file_is_made_again(
    snippets: Path, cache: Path, making: list[str], damage: Callable[[bytes], bytes]
) -> None:
    first = run(cache, snippets)
    (file,) = cache.glob("content-*.json")
    good = file.read_bytes()
    file.write_bytes(damage(good))
    making.clear()
    assert run(cache, snippets) == first
    assert making
    assert file.read_bytes() == good


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("cot/signs.en.toml", "step", "stop"),
        ("cot/explain.en.md", "it", "at"),
        ("tot/block.ru.j2", "о", "а"),
        ("context.toml", "model", "nodel"),
        ("lexicon.en.toml", "think", "thank"),
    ],
)
def test_changed_content_counts_at_once(snippets: Path, cache: Path, file: str, old: str, new: str) -> None:
    first = run(cache, snippets)
    path = snippets / file
    before = path.stat()
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    # Neither its size nor its time tells.
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    result = run(cache, snippets)
    assert result != first
    assert result == run(cache / "other", snippets)


def test_a_new_file_counts_at_once(snippets: Path, cache: Path) -> None:
    (snippets / "knowledge").mkdir()
    run(cache, snippets)
    shutil.copy(data_folder("snippets") / "knowledge" / "orm.toml", snippets / "knowledge")
    catalogue, _ = run(cache, snippets)
    assert list(catalogue.knowledge) == ["orm"]


def test_another_version_of_the_program_makes_its_own(
    snippets: Path, cache: Path, making: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "code"
    code.mkdir()
    monkeypatch.setattr(content_memory, "CODE", code)
    run(cache, snippets)
    making.clear()
    monkeypatch.setattr(content_memory, "__version__", "0.0.0")
    run(cache, snippets)
    assert making
    making.clear()
    (code / "pattern.py").write_text("", encoding="utf-8")
    run(cache, snippets)
    assert making
    assert len(list(cache.glob("content-*.json"))) == 3


def test_the_pack_of_a_project_has_a_file_of_its_own(
    snippets: Path, cache: Path, tmp_path: Path, making: list[str]
) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(snippets / "cot", pack / "cot")
    page = pack / "cot" / "technique.toml"
    page.write_text(page.read_text(encoding="utf-8").replace("Chain-of-Thought", "Ours"), encoding="utf-8")
    run(cache, snippets)
    with_pack = run(cache, snippets, pack)
    making.clear()
    assert run(cache, snippets, pack) == with_pack
    assert run(cache, snippets)[0].techniques["cot"].name.en == "Chain-of-Thought"
    assert with_pack[0].techniques["cot"].name.en == "Ours"
    assert making == []


@pytest.mark.parametrize(("file", "text"), [("technique.toml", "id = "), ("signs.en.toml", '[[signs]]\nid = "a"\n')])
def test_a_broken_pack_is_told_in_every_run(snippets: Path, cache: Path, tmp_path: Path, file: str, text: str) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(snippets / "tot", pack / "tot")
    (pack / "tot" / file).write_text(text, encoding="utf-8")
    for _ in range(2):
        (problem,) = run(cache, snippets, pack)[0].problems
        assert problem.path.endswith(file)
    assert not cache.exists()


def test_a_pattern_that_is_none_is_told_in_every_run(snippets: Path, cache: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(snippets / "tot", pack / "tot")
    (pack / "tot" / "signs.en.toml").write_text('[[signs]]\nid = "a"\npatterns = ["(a"]\n', encoding="utf-8")
    for _ in range(2):
        (problem,) = Detector(run(cache, snippets, pack)[0]).problems
        assert "without its ')'" in problem.message


def test_where_nothing_can_be_kept_nothing_is(snippets: Path, tmp_path: Path) -> None:
    expected = run(tmp_path / "elsewhere", snippets)
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run(tmp_path / "file", snippets) == expected
    assert run(tmp_path / "file" / "below", snippets) == expected


def test_a_folder_in_the_place_of_the_file_is_left_alone(snippets: Path, cache: Path) -> None:
    expected = run(cache, snippets)
    (file,) = cache.glob("content-*.json")
    file.unlink()
    file.mkdir()
    assert run(cache, snippets) == expected
    assert file.is_dir()


def test_old_files_go(snippets: Path, cache: Path) -> None:
    page = snippets / "cot" / "explain.en.md"
    for _ in range(KEPT + 2):
        page.write_text(page.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
        newest = run(cache, snippets)
    left = {file: file.read_bytes() for file in cache.glob("content-*.json")}
    assert len(left) == KEPT
    assert run(cache, snippets) == newest
    assert {file: file.read_bytes() for file in cache.glob("content-*.json")} == left


def test_runs_at_the_same_time_do_not_disturb_each_other(snippets: Path, cache: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: run(cache, snippets), range(8)))
    assert all(result == results[0] for result in results)
    assert [file.name for file in cache.iterdir() if file.name.startswith(".content")] == []


def test_only_content_is_read(snippets: Path) -> None:
    deep = snippets / "cot" / "more" / "deeper"
    deep.mkdir(parents=True)
    (deep / "a.toml").write_text("a = 1", encoding="utf-8")
    (snippets / "cot" / "notes.txt").write_text("notes", encoding="utf-8")
    (snippets / ".git" / "objects").mkdir(parents=True)
    (snippets / ".git" / "a.toml").write_text("a = 1", encoding="utf-8")
    files = ContentFiles([snippets.as_posix()])
    assert files.read(f"{snippets.as_posix()}/cot/block.en.j2")
    assert "notes.txt" in files.names(f"{snippets.as_posix()}/cot")
    for path in ("cot/notes.txt", ".git/a.toml", "cot/more/deeper/a.toml", "missing.toml"):
        assert files.read(f"{snippets.as_posix()}/{path}") is None
    assert files.names(f"{snippets.as_posix()}/.git") == []


def test_the_program_keeps_it_where_caches_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THOUGHTSMITH_CACHE_DIR", str(tmp_path / "cache"))
    Detector(load_catalogue())
    assert {file.name.partition("-")[0] for file in (tmp_path / "cache").iterdir()} == {
        ".gitignore",
        "CACHEDIR.TAG",
        "content",
    }
    assert load_catalogue().memory.signs is not None


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are not bytes here")
def test_the_pack_of_a_folder_whose_name_is_no_utf_8_is_kept(
    snippets: Path, cache: Path, tmp_path: Path, making: list[str]
) -> None:
    pack = tmp_path / os.fsdecode(b"\xe9")
    shutil.copytree(snippets / "cot", pack / "cot")
    first = run(cache, snippets, pack)
    making.clear()
    assert run(cache, snippets, pack) == first
    assert making == []
