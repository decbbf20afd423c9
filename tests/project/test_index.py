"""The index: where references lead, who refers to whom, names; and that step by step it becomes what it is at once."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.workspaces import listing

from thoughtsmith.analysis.summary import Heading, Summary
from thoughtsmith.analysis.target import Reason
from thoughtsmith.project.index import Index
from thoughtsmith.project.listing import Folder, Listing, Presence
from thoughtsmith.syntax.template import Include
from thoughtsmith.text import paths
from thoughtsmith.text.span import Span


def include(*candidates: str, kind: str = "include", embeds: bool = True) -> Include:
    return Include(candidates[0] if candidates else "", Span(0, 1), kind, embeds=embeds, candidates=candidates)


def prompt(*targets: str, name: str = "", headings: tuple[Heading, ...] = ()) -> Summary:
    """A prompt that includes `targets`, each by one candidate."""
    return Summary("jinja", name=name, includes=tuple(map(include, targets)), headings=headings)


def index(
    files: dict[str, Summary], *others: str, closed: tuple[str, ...] = (), ignored: tuple[str, ...] = ()
) -> Index:
    """A workspace with the folder `/w`; paths are relative to it."""
    known = listing("/w", [*files, *others], closed=closed, ignored=ignored)
    return Index.of(["/w"], {f"/w/{path}": summary for path, summary in files.items()}, known)


@pytest.mark.parametrize(
    ("candidates", "found"),
    [
        (("b.j2",), "/w/prompts/b.j2"),
        (("./b.j2",), "/w/prompts/b.j2"),
        (("../scripts/run.py",), "/w/scripts/run.py"),
        (("/scripts/run.py",), "/w/scripts/run.py"),
        (("../node/x.md",), Reason.UNKNOWN),
        (("../node",), Reason.FOLDER),
        (("../secret.env",), "/w/secret.env"),
        (("../scripts",), Reason.FOLDER),
        (("../scripts/",), Reason.FOLDER),
        (("../scripts/run.py/x",), Reason.MISSING),
        (("c.j2",), Reason.MISSING),
        (("c/d/e.j2",), Reason.MISSING),
        (("c.j2", "b.j2"), "/w/prompts/b.j2"),
        (("../../b.j2",), Reason.OUTSIDE),
        (("/../b.j2",), Reason.OUTSIDE),
        (("../../w2/b.j2",), Reason.OUTSIDE),
        (("../../../../../etc/passwd",), Reason.OUTSIDE),
        (("../../b.j2", "c.j2"), Reason.MISSING),
        (("../../b.j2", "b.j2"), "/w/prompts/b.j2"),
        (("../node/x.md", "c.j2"), Reason.UNKNOWN),
        (("a.j2",), "/w/prompts/a.j2"),
        ((), Reason.COMPUTED),
    ],
)
def test_where_a_reference_leads(candidates: tuple[str, ...], found: str | Reason) -> None:
    workspace = index(
        {"prompts/a.j2": prompt(), "prompts/b.j2": prompt()},
        "scripts/run.py",
        closed=("node",),
        ignored=("secret.env",),
    )
    target = workspace.target("/w/prompts/a.j2", include(*candidates))
    assert (target.path or target.reason) == found
    assert (target.path is None) != (target.reason is None)


def test_without_a_workspace_only_open_documents_are_known() -> None:
    workspace = Index().with_files({"/x/a.j2": prompt("b.j2"), "/x/b.j2": prompt()})
    assert workspace.target("/x/a.j2", include("b.j2")).path == "/x/b.j2"
    assert workspace.target("/x/a.j2", include("c.j2")).reason is Reason.UNKNOWN
    assert workspace.target("/x/a.j2", include("/b.j2")).reason is Reason.UNKNOWN


def test_a_reference_may_lead_to_another_folder_of_the_workspace() -> None:
    known = Listing({"/v": Folder(files=frozenset({"b.j2"})), "/w": Folder(files=frozenset({"a.j2"}))})
    workspace = Index.of(["/w", "/v"], {"/w/a.j2": prompt("../v/b.j2")}, known)
    assert workspace.target("/w/a.j2", include("../v/b.j2")).path == "/v/b.j2"
    # The root of the workspace is the folder that the file lies in.
    assert workspace.target("/w/a.j2", include("/b.j2")).reason is Reason.MISSING


def test_a_folder_inside_a_folder_of_the_workspace_is_its_own_root() -> None:
    known = Listing({"/w": Folder(folders=frozenset({"in"})), "/w/in": Folder(files=frozenset({"a.j2", "b.j2"}))})
    workspace = Index.of(["/w", "/w/in"], {"/w/in/a.j2": prompt()}, known)
    assert workspace.target("/w/in/a.j2", include("/b.j2")).path == "/w/in/b.j2"
    assert workspace.shown("/w/in/b.j2") == "b.j2"
    assert workspace.shown("/w/c/b.j2") == "c/b.j2"


@pytest.mark.parametrize(("ignore_case", "found"), [(True, "/w/Prompts/Base.j2"), (False, Reason.MISSING)])
def test_case_counts_where_it_counts_on_the_host(ignore_case: bool, found: str | Reason) -> None:
    key = paths.folded if ignore_case else str
    known = Listing({key("/w/Prompts"): Folder(files=frozenset({key("Base.j2"), key("a.j2")})), "/w": Folder()})
    files = {"/w/Prompts/Base.j2": prompt(), "/w/Prompts/a.j2": prompt("BASE.J2")}
    workspace = Index.of(["/w"], files, known, ignore_case=ignore_case)
    target = workspace.target("/w/Prompts/a.j2", include("BASE.J2"))
    assert (target.path or target.reason) == found
    assert [link.path for link in workspace.includers("/w/Prompts/Base.j2")] == ["/w/Prompts/a.j2"] * ignore_case


def test_who_refers_to_a_file() -> None:
    workspace = index({"a.j2": prompt("c.j2"), "b.j2": prompt("d.j2", "c.j2"), "c.j2": prompt(), "d.j2": prompt()})
    assert [(link.path, link.include.target) for link in workspace.includers("/w/c.j2")] == [
        ("/w/a.j2", "c.j2"),
        ("/w/b.j2", "c.j2"),
    ]
    assert workspace.includers("/w/a.j2") == ()
    # One that comes and is an earlier candidate takes the reference over.
    both = index({"a.j2": Summary("jinja", includes=(include("x.j2", "c.j2"),)), "c.j2": prompt()})
    assert len(both.includers("/w/c.j2")) == 1
    assert both.with_file("/w/x.j2", prompt()).includers("/w/c.j2") == ()


def test_whose_variables_a_file_sees() -> None:
    workspace = index(
        {"a.j2": prompt("b.j2"), "b.j2": prompt("c.j2", "b.j2"), "c.j2": prompt("a.j2"), "d.j2": prompt("c.j2")}
    )
    assert workspace.embeds("/w/a.j2") == ("/w/b.j2", "/w/c.j2")
    assert workspace.embedded_in("/w/c.j2") == ("/w/b.j2", "/w/d.j2", "/w/a.j2")
    linked = index({"a.md": Summary("skill", includes=(include("b.md", kind="link", embeds=False),)), "b.md": prompt()})
    assert linked.embeds("/w/a.md") == ()
    assert linked.embedded_in("/w/b.md") == ()


@pytest.mark.parametrize(
    ("files", "chain"),
    [
        ({"a": ("a",)}, ("a",)),
        ({"a": ("b",), "b": ("a",)}, ("b", "a")),
        ({"a": ("b",), "b": ("c", "d"), "c": ("c",), "d": ("e",), "e": ("a",)}, ("b", "d", "e", "a")),
        # A circle further on is the business of those who are in it.
        ({"a": ("b",), "b": ("c",), "c": ("b",)}, ()),
        ({"a": ("b",), "b": ()}, ()),
        ({"a": ("z",)}, ()),
    ],
)
def test_circles(files: dict[str, tuple[str, ...]], chain: tuple[str, ...]) -> None:
    workspace = index({path: prompt(*targets) for path, targets in files.items()})
    assert workspace.cycle("/w/a", include(files["a"][0])) == tuple(f"/w/{path}" for path in chain)


def test_links_make_no_circle() -> None:
    link = include("b", kind="link", embeds=False)
    workspace = index({"a": Summary("skill", includes=(link,)), "b": prompt("a")})
    assert workspace.cycle("/w/a", link) == ()
    assert workspace.cycle("/w/b", include("a")) == ()


def test_a_circle_through_thousands_of_files_comes_to_an_end() -> None:
    count = 5_000
    workspace = index({f"{number}": prompt(f"{(number + 1) % count}") for number in range(count)})
    assert workspace.cycle("/w/0", include("1")) == ()
    assert len(workspace.embeds("/w/0")) < count


@pytest.mark.parametrize(
    ("candidate", "found"),
    [("base.j2", True), ("layouts/base.j2", True), ("../x/base.j2", False), ("other.j2", False), ("ase.j2", False)],
)
def test_a_file_of_that_name_elsewhere(candidate: str, found: bool) -> None:
    assert index({"a.j2": prompt()}, "app/layouts/base.j2").lies_elsewhere(include(candidate)) is found


def test_names_that_nothing_has_are_looked_for_once_in_every_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    presence = Listing.presence

    def counting(self: Listing, path: str) -> Presence:
        asked.append(path)
        return presence(self, path)

    workspace = index({"a.j2": prompt(), "c/b.j2": prompt()}, "partials/here.hbs")
    monkeypatch.setattr(Listing, "presence", counting)
    reasons = {
        workspace.target(f"/w/{file}", include(f"p{n}.hbs", f"partials/p{n}.hbs", f"../p{n}.hbs")).reason
        for n in range(500)
        for file in ("a.j2", "c/b.j2")
    }
    assert reasons == {Reason.MISSING}
    assert len(asked) <= 6, "the number of names does not count"
    assert workspace.target("/w/a.j2", include("p.hbs", "partials/here.hbs")).path == "/w/partials/here.hbs"
    edited = workspace.with_file("/w/a.j2", prompt("p1.hbs"))
    asked.clear()
    edited.target("/w/a.j2", include("p1.hbs", "partials/p1.hbs", "../p1.hbs"))
    assert asked == [], "an edit gives no file another name"


def heading(name: str, line: int = 0) -> Heading:
    return Heading(name, 1, line, "# ")


NAMED = {
    "prompts/review.md": prompt(name="code-review", headings=(heading("Rules for review", 3), heading("Output", 9))),
    "prompts/b.md": prompt(headings=(heading("Роль и задача"), heading("Review"), heading("a+b (c)"))),
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("review", ["Review", "code-review", "Rules for review"]),
        ("cr", ["code-review"]),
        ("RFR", ["Rules for review"]),
        ("роль", ["Роль и задача"]),
        ("рз", ["Роль и задача"]),
        ("+(", ["a+b (c)"]),
        ("out put", ["Output"]),
        ("zz", []),
    ],
)
def test_names_are_found_by_some_of_their_letters(query: str, found: list[str]) -> None:
    assert [symbol.name for symbol in index(NAMED).symbols(query)] == found


def test_all_names_and_no_more_than_anybody_reads() -> None:
    workspace = index(NAMED)
    assert {symbol.name for symbol in workspace.symbols("")} == {
        *("code-review", "b.md", "Rules for review", "Output", "Роль и задача", "Review", "a+b (c)")
    }
    assert len(workspace.symbols("", limit=3)) == 3
    assert workspace.symbols("a" * 100_000) == ()


def test_summaries_travel_between_processes() -> None:
    assert pickle.loads(pickle.dumps(NAMED)) == NAMED


def test_nothing_changes_in_place() -> None:
    before = index({"a.j2": prompt("b.j2")})
    assert before.with_file("/w/a.j2", prompt("b.j2")) is before
    after = before.with_file("/w/b.j2", prompt("a.j2"))
    assert before.file("/w/b.j2") is None
    assert after.without("/w/b.j2") == before
    assert after.without("/w") == index({}).with_listing(before.listing)


NAMES = st.sampled_from(["a.j2", "b.j2", "c.md", "d/a.j2", "d/e/b.j2"])
TARGETS = st.sampled_from(
    ["a.j2", "../a.j2", "/d/a.j2", "e/b.j2", "../../../x", "zzz.j2", "/zzz.j2", "e/zzz.j2", "..", "e/", "d/../a.j2/."]
)
SUMMARIES = st.builds(lambda targets: prompt(*targets), st.lists(TARGETS, max_size=3))
STEPS = st.one_of(
    st.tuples(st.just("with"), NAMES, SUMMARIES),
    st.tuples(st.just("without"), st.sampled_from(["a.j2", "d", "d/e", "d/e/b.j2", "nothing"]), st.none()),
    st.tuples(st.just("roots"), st.sampled_from(["", "d", "d/e"]), st.none()),
)


@given(st.lists(STEPS, max_size=20), st.booleans())
def test_step_by_step_is_at_once(steps: list[tuple[str, str, Summary | None]], ignore_case: bool) -> None:
    known = listing("/w", ["a.j2", "d/a.j2", "d/e/x"])
    workspace = Index(["/w"], known, ignore_case=ignore_case)
    files: dict[str, Summary] = {}
    roots: list[str] = ["/w"]
    for step, name, summary in steps:
        path = f"/w/{name}"
        if step == "roots":
            roots = ["/w", path.rstrip("/")]
            workspace = workspace.with_roots(roots)
        elif summary is None:
            files = {other: kept for other, kept in files.items() if not paths.is_below(other, path)}
            workspace = workspace.without(path)
        else:
            files[path] = summary
            workspace = workspace.with_file(path, summary)
        # What is remembered of an answer must not outlive it.
        for file in files:
            for link in workspace.links(file):
                workspace.target(file, link.include)
    scratch = Index.of(roots, files, known, ignore_case=ignore_case)
    assert workspace == scratch
    for path in files:
        assert workspace.includers(path) == scratch.includers(path)
        for link in scratch.links(path):
            assert workspace.target(path, link.include) == scratch.target(path, link.include)
        assert workspace.embedded_in(path) == scratch.embedded_in(path)
        assert workspace.includers(path) == tuple(
            link
            for other in sorted(files)
            for link in scratch.links(other)
            if scratch.target(other, link.include).path == path
        )
