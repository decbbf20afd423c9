"""Where the content lies, and reading it."""

from __future__ import annotations

from pathlib import Path

import pytest

from thoughtsmith.host import installation
from thoughtsmith.host.disk import MAX_SIZE, Disk
from thoughtsmith.host.installation import data_folder, load_catalogue, pack_of


@pytest.mark.parametrize(("name", "holds"), [("snippets", "cot/technique.toml"), ("client-config", "")])
def test_the_content_is_found_from_a_checkout(name: str, holds: str) -> None:
    assert data_folder(name).name == name
    assert (data_folder(name) / holds).exists()


def test_a_wheel_carries_the_content_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "PACKAGE", tmp_path / "site-packages" / "thoughtsmith")
    inside = tmp_path / "site-packages" / "thoughtsmith" / "data" / "snippets"
    assert data_folder("snippets") == tmp_path / "snippets"
    inside.mkdir(parents=True)
    assert data_folder("snippets") == inside


def test_a_project_may_have_a_pack(tmp_path: Path) -> None:
    assert pack_of(tmp_path) is None
    pack = tmp_path / ".thoughtsmith" / "snippets"
    pack.mkdir(parents=True)
    assert pack_of(tmp_path) == pack
    assert pack_of(tmp_path / "deep" / "inside") == pack


def test_packs_are_laid_over_the_shipped_content(tmp_path: Path) -> None:
    broken = tmp_path / ".thoughtsmith" / "snippets" / "cot"
    broken.mkdir(parents=True)
    (broken / "technique.toml").write_text("id = ", encoding="utf-8")
    assert load_catalogue([tmp_path.parent]).problems == ()
    # A folder inside the project belongs to it; two of them read its pack once.
    catalogue = load_catalogue([tmp_path, tmp_path / "inside"])
    assert [problem.path for problem in catalogue.problems] == [(broken / "technique.toml").as_posix()]
    assert "cot" in catalogue.techniques


def test_reading_files(tmp_path: Path) -> None:
    disk = Disk()
    (tmp_path / "b.md").write_bytes("\ufeffпривет\r\n".encode())
    (tmp_path / "a.md").write_bytes(b"\xff")
    (tmp_path / "big").write_bytes(b"")
    with (tmp_path / "big").open("r+b") as file:
        file.truncate(MAX_SIZE + 1)
    assert disk.names(str(tmp_path)) == ["a.md", "b.md", "big"]
    assert disk.read(str(tmp_path / "b.md")) == "привет\r\n"
    assert disk.read(str(tmp_path / "a.md")) is None
    assert disk.read(str(tmp_path / "big")) is None
    assert disk.read(str(tmp_path / "missing")) is None
    assert disk.read(str(tmp_path)) is None
    assert disk.names(str(tmp_path / "missing")) == []
    assert disk.names(str(tmp_path / "b.md")) == []


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big"
    with path.open("wb") as file:
        file.truncate(MAX_SIZE + 1)

    def fail(self: Path) -> bytes:
        raise AssertionError("read")

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert Disk().read(str(path)) is None
