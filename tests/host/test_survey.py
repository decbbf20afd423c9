"""Looking at the disk: what is found there, and that step by step the workspace becomes what a fresh look gives."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from thoughtsmith.analysis.summary import summary
from thoughtsmith.analysis.target import Reason
from thoughtsmith.formats.registry import format_of
from thoughtsmith.host import survey, walk
from thoughtsmith.host.survey import update_at_once
from thoughtsmith.project.listing import Presence
from thoughtsmith.project.workspace import Workspace
from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from thoughtsmith.analysis.summary import Summary
    from thoughtsmith.project.index import Index

LINKS = sys.platform != "win32" or bool(os.environ.get("CI"))
needs_links = pytest.mark.skipif(not LINKS, reason="making links takes a privilege on Windows")


def fail(what: str, error: Exception) -> None:
    raise AssertionError(what) from error


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def look(*roots: Path) -> Workspace:
    """A workspace with those folders, freshly read."""
    workspace = Workspace()
    for root in roots:
        workspace.add_root(root.as_posix())
    update_at_once(workspace, [root.as_posix() for root in roots], fail)
    return workspace


def shown(index: Index) -> set[str]:
    """The prompts, relative to their folders."""
    return {index.shown(file.path) for file in index.files.values()}


def leads(workspace: Workspace, root: Path, name: str) -> list[str | Reason | None]:
    """Where the references of a file lead."""
    index, path = workspace.index, (root / name).as_posix()
    found = [index.target(path, link.include) for link in index.links(path)]
    return [target.reason if target.path is None else index.shown(target.path) for target in found]


def summary_of(path: str, text: str) -> Summary:
    known = format_of(path)
    assert known is not None
    return summary(known, known.parse(Lines.of(text)))


def test_prompts_are_read_and_everything_else_is_known_by_name(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "skills/a/SKILL.md": "# Review\n",
            "prompts/b.j2": '{% include "c.j2" %}{% include "../main.py" %}{% include "no.j2" %}',
            "prompts/c.j2": "x",
            "README.md": "# No prompt\n",
            "main.py": "",
            "node_modules/x/SKILL.md": "# Not ours\n",
            "build/SKILL.md": "# Ignored\n",
            ".gitignore": "build/\n*.env\n",
            "a.env": "",
        },
    )
    workspace = look(tmp_path)
    assert shown(workspace.index) == {"skills/a/SKILL.md", "prompts/b.j2", "prompts/c.j2"}
    assert leads(workspace, tmp_path, "prompts/b.j2") == ["prompts/c.j2", "main.py", Reason.MISSING]

    def presence(name: str) -> Presence:
        return workspace.index.presence((tmp_path / name).as_posix())

    assert presence("README.md") is Presence.FILE
    assert presence("a.env") is Presence.IGNORED
    assert presence("build") is Presence.FOLDER
    assert presence("build/SKILL.md") is presence("node_modules/x/y") is Presence.UNKNOWN
    assert presence("prompts/d.j2") is Presence.NOTHING


def test_what_a_prompt_takes_in_counts_as_long_as_it_does(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "prompts/a.j2": '{% include "../shared/b.md" %}',
            "shared/b.md": '{% include "c.md" %}',
            "shared/c.j2": '{% include "d.j2" %}',
            "shared/d.j2": "",
        },
    )
    (tmp_path / "prompts/a.j2").write_text('{% include "../shared/c.j2" %}')
    workspace = look(tmp_path)
    assert shown(workspace.index) == {"prompts/a.j2", "shared/c.j2", "shared/d.j2"}
    (tmp_path / "prompts/a.j2").write_text("nothing")
    update_at_once(workspace, [(tmp_path / "prompts/a.j2").as_posix()], fail)
    assert shown(workspace.index) == {"prompts/a.j2"}


def test_files_that_take_each_other_in_are_dropped_together(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "prompts/a.j2": '{% include "../x/b.j2" %}',
            "x/b.j2": '{% include "c.j2" %}',
            "x/c.j2": '{% include "b.j2" %}',
        },
    )
    workspace = look(tmp_path)
    assert len(workspace.index.files) == 3
    (tmp_path / "prompts/a.j2").unlink()
    update_at_once(workspace, [(tmp_path / "prompts/a.j2").as_posix()], fail)
    assert shown(workspace.index) == set()


@needs_links
def test_links_are_not_followed_out_of_the_workspace_nor_in_circles(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {"SKILL.md": "# Secret\n", "prompts/x.j2": "secret"})
    root = write(tmp_path / "root", {"AGENTS.md": "# Rules\n", "prompts/a.j2": '{% include "out/prompts/x.j2" %}'})
    (root / "CLAUDE.md").symlink_to("AGENTS.md")
    (root / "skill").mkdir()
    (root / "skill/SKILL.md").symlink_to(outside / "SKILL.md")
    (root / "prompts/out").symlink_to(outside, target_is_directory=True)
    (root / "prompts/loop").symlink_to(root, target_is_directory=True)
    (root / "prompts/self.md").symlink_to("self.md")
    (root / "prompts/gone.md").symlink_to("nowhere.md")
    workspace = look(root)
    assert shown(workspace.index) == {"AGENTS.md", "CLAUDE.md", "prompts/a.j2"}
    assert "Secret" not in {symbol.name for symbol in workspace.index.symbols("")}
    # It is there, and what is behind it is none of our business.
    assert leads(workspace, root, "prompts/a.j2") == [Reason.UNKNOWN]
    assert workspace.index.presence((root / "prompts/gone.md").as_posix()) is Presence.NOTHING


def test_a_file_that_cannot_be_read_costs_itself_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"prompts/good.md": "# Good\n", "prompts/large.md": "x" * 100, "prompts/odd.md": "# Odd\n"})
    (tmp_path / "prompts/binary.md").write_bytes(b"a\0b")
    (tmp_path / "prompts/latin.md").write_bytes("# Größe\n".encode("latin-1"))
    monkeypatch.setattr(survey, "MAX_SIZE", 50)

    def read(found: walk.Found, limit: int) -> object:
        if found.path.endswith("odd.md"):
            raise RuntimeError("no good")
        return walk.read(found, limit)

    monkeypatch.setattr(survey, "read", read)
    reported: list[str] = []
    workspace = Workspace()
    workspace.add_root(tmp_path.as_posix())
    update_at_once(workspace, [tmp_path.as_posix()], lambda what, _error: reported.append(what))
    assert shown(workspace.index) == {"prompts/good.md"}
    assert [what.rpartition("/")[2] for what in reported] == ["odd.md"]
    for name in ("binary", "latin", "large", "odd"):
        assert workspace.index.presence((tmp_path / f"prompts/{name}.md").as_posix()) is Presence.FILE


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_that_are_no_text_are_left_alone(tmp_path: Path) -> None:
    folder = os.fsencode(write(tmp_path, {"prompts/a.md": "# A\n"}) / "prompts")
    for name in (b"caf\xe9.md", b"back\\slash.md"):
        Path(os.fsdecode(folder + b"/" + name)).write_text("# B\n")
    Path(os.fsdecode(folder + b"/f\xff")).mkdir()
    Path(os.fsdecode(folder + b"/f\xff/SKILL.md")).write_text("# C\n")
    assert shown(look(tmp_path).index) == {"prompts/a.md"}


def test_a_folder_that_goes_while_it_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a/prompts/x.md": "# X\n", "b/prompts/y.md": "# Y\n"})

    def entries_of(folder: walk.Entry) -> object:
        found = walk.entries_of(folder)
        shutil.rmtree(tmp_path / "a", ignore_errors=True)
        return found

    monkeypatch.setattr(survey, "entries_of", entries_of)
    workspace = look(tmp_path)
    assert shown(workspace.index) == {"b/prompts/y.md"}
    monkeypatch.undo()
    update_at_once(workspace, [(tmp_path / "a").as_posix()], fail)
    assert workspace.index == look(tmp_path).index


def test_a_root_that_is_not_there(tmp_path: Path) -> None:
    workspace = look(tmp_path / "nowhere")
    assert shown(workspace.index) == set()
    write(tmp_path, {"nowhere/SKILL.md": "# A\n"})
    update_at_once(workspace, [(tmp_path / "nowhere/SKILL.md").as_posix()], fail)
    assert shown(workspace.index) == {"SKILL.md"}


def test_of_a_huge_workspace_the_nearest_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {f"deep/{number}/SKILL.md": "" for number in range(20)} | {"prompts/a.j2": "", "SKILL.md": ""})
    monkeypatch.setattr(survey, "MAX_NAMES", 24)
    workspace = look(tmp_path)
    assert {"SKILL.md", "prompts/a.j2"} <= shown(workspace.index)
    assert len(workspace.index.files) < 22
    # Where nobody has looked nothing is missing.
    assert workspace.index.presence((tmp_path / "deep/19/no.md").as_posix()) is Presence.UNKNOWN


def test_five_thousand_prompts(tmp_path: Path) -> None:
    for number in range(5_000):
        folder = tmp_path / f"prompts{number // 100}/prompts"
        if number % 100 == 0:
            folder.mkdir(parents=True)
        (folder / f"{number}.j2").write_text(f'# Title {number}\n{{% include "{number + 1}.j2" %}}\n')
    workspace = look(tmp_path)
    assert len(workspace.index.files) == 5_000
    assert [symbol.name for symbol in workspace.index.symbols("Title 4999")] == ["Title 4999"]
    path = (tmp_path / "prompts0/prompts/7.j2").as_posix()
    assert [link.path for link in workspace.index.includers(path)] == [path.replace("/7.", "/6.")]
    # One file that changes is one file that is read.
    steps = list(survey.survey(workspace.index, [path], fail))
    assert [len(step.batch.summaries) for step in steps] == [0, 1]


FOLDERS = ["", "prompts", "prompts/in", "lib", "lib/prompts"]
FILES = [f"{folder}/{name}".lstrip("/") for folder in FOLDERS for name in ("a.j2", "b.md", "SKILL.md")]
TEXTS = [
    "# Title\n",
    "## Other\n{{ x }}\n",
    '{% include "a.j2" %}',
    '{% include "../lib/a.j2" %}{% include "prompts/b.md" %}',
    '{% import "../../prompts/b.md" as b %}{% include "../lib/b.md" %}{% include "../lib/a.j2" %}',
    '{% include "../../../out.md" %}',
]
IGNORES = ["", "prompts/a.j2\n", "*.j2\n", "lib/*\n!lib/prompts/\n", "prompts/in\n"]
names = st.sampled_from(FILES)
folders = st.sampled_from(FOLDERS[1:])
texts = st.sampled_from(TEXTS)
SOON = st.sampled_from([True, True, True, False])


class Changes(RuleBasedStateMachine):
    """Whatever happens on disk and in the editor, the index is the one that a fresh look gives."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.workspace = Workspace()
        self.roots: list[str] = []
        self.open: dict[str, str] = {}
        self.changed: list[str] = []

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    @initialize()
    def start(self) -> None:
        self.add("", soon=True)

    def at(self, name: str) -> str:
        return (self.root / name).as_posix()

    def tell(self, *changed: str, soon: bool) -> None:
        """Something has changed; whether somebody looks before the next thing happens is chance."""
        self.changed += changed
        if soon:
            changed, self.changed = tuple(self.changed), []
            update_at_once(self.workspace, changed, fail)

    @rule(name=names, text=texts, soon=SOON)
    def write(self, name: str, text: str, soon: bool) -> None:
        path = self.root / name
        missing = [folder for folder in path.relative_to(self.root).parents if not (self.root / folder).exists()]
        if any(folder.is_file() for folder in path.parents) or path.is_dir():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        # An editor tells of a new folder, and of nothing in it.
        self.tell(self.at(missing[-1].as_posix() if missing else name), soon=soon)

    @rule(name=names, soon=SOON)
    def delete(self, name: str, soon: bool) -> None:
        (self.root / name).unlink(missing_ok=True)
        self.tell(self.at(name), soon=soon)

    @rule(name=folders, soon=SOON)
    def delete_folder(self, name: str, soon: bool) -> None:
        shutil.rmtree(self.root / name, ignore_errors=True)
        self.tell(self.at(name), soon=soon)

    @rule(old=folders, new=folders, soon=SOON)
    def rename_folder(self, old: str, new: str, soon: bool) -> None:
        source, target = self.root / old, self.root / new
        if source.is_dir() and not target.exists() and target.parent.is_dir() and source not in target.parents:
            source.rename(target)
            self.tell(self.at(old), self.at(new), soon=soon)

    @rule(text=st.sampled_from(IGNORES), soon=SOON)
    def ignore(self, text: str, soon: bool) -> None:
        (self.root / ".gitignore").write_text(text)
        self.tell(self.at(".gitignore"), soon=soon)

    @rule(name=names, text=texts)
    def edit(self, name: str, text: str) -> None:
        self.open[self.at(name)] = text
        if format_of(self.at(name)) is not None:
            self.workspace.opened(self.at(name), summary_of(self.at(name), text))

    @rule(name=names)
    def close(self, name: str) -> None:
        self.open.pop(self.at(name), None)
        self.workspace.closed(self.at(name))

    @rule(name=st.sampled_from(["", "lib", "prompts/in"]), soon=SOON)
    def add(self, name: str, soon: bool) -> None:
        if self.at(name) not in self.roots:
            self.roots.append(self.at(name))
            self.workspace.add_root(self.at(name))
            self.tell(*self.roots, soon=soon)

    @rule(name=st.sampled_from(["", "lib", "prompts/in"]), soon=SOON)
    def remove(self, name: str, soon: bool) -> None:
        if self.at(name) in self.roots:
            self.roots.remove(self.at(name))
            self.workspace.remove_root(self.at(name))
            self.tell(*self.roots, soon=soon)

    @invariant()
    def same_as_from_scratch(self) -> None:
        if self.changed:
            return
        update_at_once(self.workspace, [], fail)
        scratch = Workspace()
        for root in self.roots:
            scratch.add_root(root)
        for path, text in self.open.items():
            if format_of(path) is not None:
                scratch.opened(path, summary_of(path, text))
        update_at_once(scratch, self.roots, fail)
        assert self.workspace.index == scratch.index


Changes.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestChanges = Changes.TestCase
