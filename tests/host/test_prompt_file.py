"""Files on disk: no byte is lost when reading, and there is never half a file after writing."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from thoughtsmith.config.settings import Settings
from thoughtsmith.host.installation import load_catalogue
from thoughtsmith.host.prompt_file import PromptFile, ReadError
from thoughtsmith.project.content import Content
from thoughtsmith.text.edits import Edit, apply_edits
from thoughtsmith.text.span import Span

posix = pytest.mark.skipif(sys.platform == "win32", reason="file modes and links work differently there")


def rewrite(path: Path, old: str, new: str) -> None:
    """Replace `old` in the file, as `insert --in-place` does."""
    file = PromptFile.read(str(path))
    start = file.lines.text.index(old)
    file.write(apply_edits(file.lines.text, [Edit(Span(start, start + len(old)), new)]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"one two\n", b"one 2\n"),
        (b"one two", b"one 2"),
        (b"one\r\ntwo\r\n", b"one\r\n2\r\n"),
        (b"one\rtwo\n\r\n", b"one\r2\n\r\n"),
        (b"\xef\xbb\xbfone two\r\n", b"\xef\xbb\xbfone 2\r\n"),
        ("раз two три\u2028\x0c\n".encode(), "раз 2 три\u2028\x0c\n".encode()),
        (b"two\x00\n", b"2\x00\n"),
    ],
)
def test_only_what_was_edited_changes(tmp_path: Path, before: bytes, after: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(before)
    rewrite(path, "two", "2")
    assert path.read_bytes() == after
    assert os.listdir(tmp_path) == ["a.md"]  # noqa: PTH208 -- hidden files count


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbf---\nmodel: o3\n---\n")
    assert PromptFile.read(str(path)).lines.text.startswith("---")


@pytest.mark.parametrize(("data", "byte"), [("привет".encode("cp1251"), 0), (b"abc\xff", 3), (b"\xff\xfea\x00", 0)])
def test_what_is_not_utf8_is_refused_with_its_place(tmp_path: Path, data: bytes, byte: int) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=rf"a\.md: not UTF-8 text \(byte {byte}\)"):
        PromptFile.read(str(path))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"missing\.md: "):
        PromptFile.read(str(tmp_path / "missing.md"))
    with pytest.raises(ReadError, match=tmp_path.name):
        PromptFile.read(str(tmp_path))


@posix
@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755])
def test_the_mode_is_kept(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.md"
    path.write_text("two")
    path.chmod(mode)
    rewrite(path, "two", "2")
    assert path.stat().st_mode & 0o7777 == mode


@posix
def test_a_link_stays_and_its_target_is_written(tmp_path: Path) -> None:
    target = tmp_path / "real" / "a.md"
    target.parent.mkdir()
    target.write_text("two")
    link = tmp_path / "link.md"
    link.symlink_to(target)
    rewrite(link, "two", "2")
    assert link.is_symlink()
    assert target.read_text() == "2"
    assert [path.name for path in target.parent.iterdir()] == ["a.md"]


def test_when_writing_fails_the_old_content_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_text("two")

    def fail(self: Path, target: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        rewrite(path, "two", "2")
    assert path.read_text() == "two"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.md"]


def test_text_that_cannot_be_encoded_leaves_the_old_content(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("two")
    with pytest.raises(UnicodeEncodeError):
        rewrite(path, "two", "\ud800")
    assert path.read_text() == "two"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.md"]


def test_no_file_is_an_empty_prompt_and_cannot_be_written() -> None:
    file = PromptFile.read(None)
    assert file.lines.text == ""
    with pytest.raises(ValueError, match="no file"):
        file.write("x")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("\ufeffпривет\r\n".encode())))
    file = PromptFile.read("-")
    assert file.lines.text == "привет\r\n"
    with pytest.raises(ValueError, match="no file"):
        file.write("x")


@pytest.mark.parametrize(
    ("name", "format_id"),
    [
        ("a.prompt.md", "prompt-md"),
        ("CLAUDE.md", "memory"),
        ("a.md", "markdown"),
        ("a.txt", "plain-text"),
        ("a", "plain-text"),
    ],
)
def test_the_format_follows_the_name(tmp_path: Path, name: str, format_id: str) -> None:
    path = tmp_path / name
    path.write_text("x")
    snapshot = PromptFile.read(str(path)).snapshot(
        Content(load_catalogue()), settings=Settings(language="ru", style="xml"), locale="en"
    )
    assert (snapshot.format.id, snapshot.settings.language, snapshot.settings.style) == (format_id, "ru", "xml")
