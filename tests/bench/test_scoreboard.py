"""The scoreboard counts as its description says, on a corpus made up for the purpose."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from tests.bench import scoreboard
from tests.bench.scoreboard import InFile, Mark, UnusableError, part_of, read_labels, score, too_low, wilson

from thoughtsmith.text.lines import Lines

if TYPE_CHECKING:
    from pathlib import Path


def row(id: str, *techniques: tuple[str, str, list[list[int]]], **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "path": f"{id}.md",
        "lang": "en",
        "doc_kind": "prompt",
        "verdict": "present" if techniques else "none",
        "techniques": [{"technique": name, "strength": how, "lines": lines} for name, how, lines in techniques],
        "mention_only": [],
        **more,
    }


ROWS = [
    row("a", ("cot", "strong", [[1, 2], [8, 9]]), ("bon", "weak", [[5, 5]]), ("tot", "optional", [[3, 3]])),
    row("b", ("cot", "optional", [[1, 1]]), ("cot", "weak", [[4, 4]]), ("cos", "optional", [[2, 2]]), lang="ru"),
    row("c", lang="de", doc_kind="tutorial", mention_only=[{"technique": "bon", "lines": [[2, 3]], "quoted": True}]),
    row("d", ("cot", "strong", [[1, 1]]), dup_group="x"),
    row("e", ("cot", "strong", [[1, 1]]), dup_group="x"),
    row("f"),
    row("g", ("confidence", "strong", [[1, 1]])),
]
FOUND = {
    "a": InFile([Mark("cot", (9, 12)), Mark("cot", (20, 20)), Mark("tot", (3, 3))], Lines.of("one\n" * 20)),
    "b": InFile([Mark("cot", (7, 7)), Mark("bon", (1, 1))]),
    "c": InFile([Mark("bon", (3, 6))]),
    "d": InFile(),
    "e": InFile([Mark("cot", (1, 1))]),
    "f": InFile([Mark("step-back", (1, 1))]),
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "labels.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return tmp_path


def test_techniques_are_counted_once_a_file(corpus: Path) -> None:
    board = score(read_labels(corpus), FOUND)
    cot, bon = board.techniques["cot"], board.techniques["bon"]
    # a and b are right, d is missed, and e is like d; that it is wrong about the lines of b makes no alarm.
    assert (cot.right, cot.alarms, cot.missed, cot.touching) == (2, 0, 1, 1)
    # a is missed; b and c are false alarms, the latter where the technique is only named.
    assert (bon.right, bon.alarms, bon.missed) == (0, 2, 1)
    assert board.on_mentions == 1
    # Optional ones are counted neither way.
    assert "tot" not in board.techniques or board.techniques["tot"].right == 0
    assert (board.all.right, board.all.alarms, board.all.missed) == (2, 2, 3)
    assert (board.strong.right, board.strong.missed) == (1, 2)
    assert (board.files, board.empty, board.marked_empty, board.marked_unlabelled) == (6, 2, 2, 1)
    # Every detection of a, b and c but the optional one; the one of b is beside its lines.
    assert (board.touching_marks, board.marks) == (1, 5)
    assert {name: (tally.right, tally.alarms, tally.missed) for name, tally in board.languages.items()} == {
        "en": (1, 0, 3),
        "ru": (1, 1, 0),
        "other": (0, 1, 0),
    }
    assert {name: tally.alarms for name, tally in board.kinds.items()} == {"prompt": 1, "tutorial": 1}


def test_mistakes_are_shown(corpus: Path) -> None:
    board = score(read_labels(corpus), FOUND)
    kinds = sorted((one.kind, one.technique, one.label.id) for one in board.mistakes)
    assert kinds == [
        ("false alarm", "bon", "b"),
        ("false alarm (only named)", "bon", "c"),
        ("missed (strong)", "confidence", "g"),
        ("missed (strong)", "cot", "d"),
        ("missed (weak)", "bon", "a"),
    ]
    text = scoreboard.mistakes(board, 2)
    assert text.startswith("cot: missed (strong): d (en, prompt) d.md")
    assert text.endswith("… and 3 more")
    assert "5–5  one" in scoreboard.mistakes(board, 10)


def test_figures_and_thresholds(corpus: Path) -> None:
    board = score(read_labels(corpus), FOUND)
    assert board.all.precision == pytest.approx(0.5)
    assert board.all.recall == pytest.approx(0.4)
    assert board.all.f1 == pytest.approx(4 / 9)
    assert too_low(board, 0.5, 0.4, 0.3) == []
    assert too_low(board, 0.51, 0.4, 0.34) == ["precision 0.500 < 0.51", "strong recall 0.333 < 0.34"]
    nothing = score([], {})
    assert math.isnan(nothing.all.precision)
    assert too_low(nothing, 0.0, 0.0, 0.0) == []
    assert len(too_low(nothing, 0.1, 0.1, 0.1)) == 3


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (90, 100, 0.8256, 0.9448)],
)
def test_intervals(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=1e-4)


def test_the_parts_are_kept_apart_by_repository(corpus: Path) -> None:
    rows = [
        row(f"{number}", repo=f"r{number // 2}", dup_group=f"g{number % 3}" if number > 5 else None)
        for number in range(20)
    ]
    (corpus / "labels.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    labels = read_labels(corpus)
    aside, reading = part_of(labels, "aside"), part_of(labels, "read")
    hashes = sorted(hashlib.sha256(f"r{number}".encode()).hexdigest() for number in range(10))
    assert {hashlib.sha256(label.repo.encode()).hexdigest() for label in aside} == set(hashes[:3])
    assert not {label.repo for label in aside} & {label.repo for label in reading}
    # What is like something aside is not read either.
    assert not ({label.group for label in aside} - {""}) & {label.group for label in reading}
    assert part_of(labels, "all") == labels
    # Without a repository every file stands for itself.
    (corpus / "labels.jsonl").write_text("\n".join(json.dumps(row(f"{number}")) for number in range(9)))
    assert len(part_of(read_labels(corpus), "aside")) == 3


@pytest.fixture
def texts(corpus: Path) -> Path:
    rows = [
        row("good", ("cot", "strong", [[3, 3]])),
        row("bad", ("cot", "weak", [[1, 1]]), doc_kind="tutorial"),
        row("none"),
        row("gone"),
    ]
    (corpus / "labels.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for name, text in {
        "good/prompts/a.md": "# Task\n\nThink step by step before you answer.\n",
        "bad.py": "Nothing.\n",
        "none/x.txt": "A few words about chain of thought. Never think step by step.\n",
        "unlabelled/a.md": "Think step by step.\n",
    }.items():
        path = corpus / "texts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return corpus


def test_a_run(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scoreboard.main([str(texts), "--min-precision", "1", "--min-recall", "0.5", "--min-strong-recall", "1"]) == 0
    printed = capsys.readouterr()
    assert "files 4; with no technique 2, of which falsely marked 0" in printed.out
    assert "3 texts in" in printed.out
    assert "cot: missed (weak): bad (en, tutorial) bad.md\n    1–1  Nothing." in printed.out
    assert "text is not there: 1" in printed.err
    assert scoreboard.main([str(texts), "--min-recall", "0.6"]) == 1
    assert scoreboard.main([str(texts), "--min-recall", "0.6", "--doc-kind", "prompt", "--show", "0"]) == 0
    assert "missed (" not in capsys.readouterr().out.rpartition("precision")[2]


def test_only_some_ids(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (texts / "ids").write_text("good\nnone\n")
    assert scoreboard.main([str(texts), "--ids", str(texts / "ids"), "--min-recall", "1"]) == 0
    assert "2 texts in" in capsys.readouterr().out


def test_the_corpus_may_come_from_the_environment(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THOUGHTSMITH_CORPUS", str(texts))
    assert scoreboard.main([]) == 0


@pytest.mark.parametrize(
    ("labels", "arguments", "why"),
    [
        (None, [], "labels.jsonl"),
        ("", [], "no labels"),
        ("{", [], "line 1"),
        ('{"id": "a"}', [], "line 1"),
        (json.dumps(row("good")), ["--doc-kind", "poem"], "no labels"),
        (json.dumps(row("good")), ["--ids", "no-such-file"], "no-such-file"),
        (json.dumps(row("other")), [], "no texts"),
    ],
)
def test_what_cannot_be_used_is_said(
    texts: Path, capsys: pytest.CaptureFixture[str], labels: str | None, arguments: list[str], why: str
) -> None:
    (texts / "labels.jsonl").unlink()
    if labels is not None:
        (texts / "labels.jsonl").write_text(labels)
    assert scoreboard.main([str(texts), *arguments]) == 2
    assert why in capsys.readouterr().err


def test_without_a_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THOUGHTSMITH_CORPUS", raising=False)
    assert scoreboard.main([]) == 2
    with pytest.raises(UnusableError, match="THOUGHTSMITH_CORPUS"):
        scoreboard.measure(None)
