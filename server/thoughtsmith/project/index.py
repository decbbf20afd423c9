"""The prompts of a workspace and how they refer to each other. Frozen: every change gives a new index.

An index holds what each file says of itself and the names of everything around; what follows from both is worked out
when it is asked for, so that an index that changed step by step equals one that was built at once.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from thoughtsmith.analysis.target import Reason, Target, merges
from thoughtsmith.project.listing import Listing, Presence
from thoughtsmith.text import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from thoughtsmith.analysis.summary import Heading, Summary
    from thoughtsmith.syntax.template import Include

MAX_CHAIN = 2_000
"""Files. Whoever follows references through more of them stops: no prompt is put together from so many."""
MAX_SYMBOLS = 256
MAX_QUERY = 64
"""Letters."""


class File(NamedTuple):
    path: str
    summary: Summary


class Link(NamedTuple):
    """A reference, and the file in which it stands."""

    path: str
    include: Include


class Symbol(NamedTuple):
    """Something in the workspace that has a name: a prompt, or a heading in one."""

    name: str
    path: str
    heading: Heading | None = None
    """Where it stands; `None` for the prompt itself."""


class _Found:
    """What was found out about references. It holds as long as all files and folders are called the same."""

    def __init__(self) -> None:
        self.names: frozenset[str] | None = None
        self.targets: dict[tuple[str, tuple[str, ...]], Target] = {}
        """By the folder of the file with the reference and the candidates."""
        self.nothing: dict[tuple[str, str], Reason | None] = {}
        """What comes of a name that nothing has, by that folder and the folder in front of the name."""


class Index:
    def __init__(self, roots: Sequence[str] = (), listing: Listing | None = None, *, ignore_case: bool = False) -> None:
        self.key: Callable[[str], str] = paths.folded if ignore_case else str
        """What a normal path is compared by."""
        self.ignore_case = ignore_case
        self.roots = tuple(sorted({paths.normal(root) for root in roots}, key=lambda root: (-len(root), root)))
        """The folders of the workspace, the innermost first."""
        self.listing = listing or Listing()
        """The names in those folders, as keys."""
        self.files: Mapping[str, File] = {}
        """The prompts, by the keys of their paths."""
        self._mentions: dict[str, frozenset[str]] = {}
        """For every name of a file that a reference may lead to, whether or not there is one: the files with it."""
        self._found = _Found()

    @classmethod
    def of(
        cls,
        roots: Sequence[str],
        files: Mapping[str, Summary],
        listing: Listing | None = None,
        *,
        ignore_case: bool = False,
    ) -> Index:
        return cls(roots, listing, ignore_case=ignore_case).with_files(files)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Index) and (
            self.roots,
            self.ignore_case,
            self.listing,
            self.files,
            self._mentions,
        ) == (other.roots, other.ignore_case, other.listing, other.files, other._mentions)

    # Changes

    def with_file(self, path: str, summary: Summary) -> Index:
        return self.with_files({path: summary})

    def without(self, path: str) -> Index:
        """Without the file, or all files below the folder."""
        key = self.key(paths.normal(path))
        return self.with_files({file.path: None for other, file in self.files.items() if paths.is_below(other, key)})

    def with_files(self, changes: Mapping[str, Summary | None]) -> Index:
        """With those files as they are now; without those that are `None`. The same object if nothing changes."""
        files = dict(self.files)
        mentions = dict(self._mentions)
        changed, same_paths = False, True
        for written, summary in changes.items():
            path = paths.normal(written)
            key = self.key(path)
            before, after = files.get(key), None if summary is None else File(path, summary)
            if before == after:
                continue
            changed = True
            old = set() if before is None else self._mentioned(before)
            new = set() if after is None else self._mentioned(after)
            for mentioned in old - new:
                rest = mentions[mentioned] - {key}
                if rest:
                    mentions[mentioned] = rest
                else:
                    del mentions[mentioned]
            for mentioned in new - old:
                mentions[mentioned] = mentions.get(mentioned, frozenset()) | {key}
            same_paths = same_paths and before is not None and after is not None and before.path == after.path
            if after is None:
                del files[key]
            else:
                files[key] = after
        if not changed:
            return self
        index = Index(self.roots, self.listing, ignore_case=self.ignore_case)
        index.files, index._mentions = files, mentions
        if same_paths:
            index._found = self._found
        return index

    def with_listing(self, listing: Listing) -> Index:
        if listing == self.listing:
            return self
        index = Index(self.roots, listing, ignore_case=self.ignore_case)
        index.files, index._mentions = self.files, self._mentions
        return index

    def with_roots(self, roots: Sequence[str]) -> Index:
        """With other folders. References are relative to them, so all are looked at anew."""
        files = {file.path: file.summary for file in self.files.values()}
        return Index.of(roots, files, self.listing, ignore_case=self.ignore_case)

    # Files

    def file(self, path: str) -> File | None:
        return self.files.get(self.key(paths.normal(path)))

    def root_of(self, path: str) -> str | None:
        """The innermost folder of the workspace that a path lies in."""
        key = self.key(paths.normal(path))
        return next((root for root in self.roots if paths.is_below(key, self.key(root))), None)

    def presence(self, path: str) -> Presence:
        """What there is at a normal path inside the folders."""
        return self.listing.presence(self.key(path))

    def entries(self, folder: str) -> list[tuple[str, bool]] | None:
        """The names in a folder that are ours to read, each with whether it is a folder; `None` if nobody looked."""
        found = self.listing.folders.get(self.key(folder)) if self.root_of(folder) is not None else None
        if found is None:
            return None
        names = found.written or found.files | found.folders
        return [(name, self.key(name) in found.folders) for name in sorted(names)]

    def shown(self, path: str) -> str:
        """The path as people know it: relative to its folder of the workspace."""
        root = self.root_of(path)
        return path if root is None or root == path else paths.relative(path, root)

    # References

    def target(self, path: str, include: Include) -> Target:
        """Where a reference in the file at `path` leads: the first of its candidates that exists."""
        if not include.candidates:
            return Target(None, Reason.COMPUTED)
        folder = paths.parent(paths.normal(path))
        asked = (folder, include.candidates)
        found = self._found.targets.get(asked)
        if found is None:
            found = self._found.targets[asked] = self._target(folder, include.candidates)
        return found

    def places(self, path: str, include: Include) -> Iterator[str]:
        """The paths in the workspace that a reference in the file at `path` may mean; the first that exists counts."""
        folder = paths.parent(paths.normal(path))
        root = self.root_of(folder)
        for candidate in include.candidates:
            absolute = _absolute(candidate, folder, root)
            if absolute is not None and self.root_of(absolute) is not None:
                yield absolute

    def _target(self, folder: str, candidates: tuple[str, ...]) -> Target:
        root = self.root_of(folder)
        key, names, nothing = self.key, self._names, self._found.nothing
        reasons: set[Reason | None] = set()
        for candidate in candidates:
            name = _last(candidate)
            if not name or key(name) in names:
                found = self._look_for(candidate, folder, root)
                if found.path is not None:
                    return found
                reasons.add(found.reason)
                continue
            # What nothing at all is called is looked for once in every folder.
            above = candidate[: -len(name)]
            reason = nothing.get((folder, above))
            if reason is None:
                reason = nothing[folder, above] = self._look_for(candidate, folder, root).reason
            reasons.add(reason)
        for reason in (Reason.FOLDER, Reason.UNKNOWN, Reason.MISSING):
            if reason in reasons:
                return Target(None, reason)
        return Target(None, Reason.OUTSIDE)

    def _look_for(self, candidate: str, folder: str, root: str | None) -> Target:
        absolute = _absolute(candidate, folder, root)
        return Target(None, Reason.UNKNOWN) if absolute is None else self._look(absolute, outside=root is None)

    @property
    def _names(self) -> frozenset[str]:
        """What files and folders are called anywhere, as keys."""
        names = self._found.names
        if names is None:
            roots = (self.key(paths.name(root)) for root in self.roots)
            names = self._found.names = self.listing.names.union(map(paths.name, self.files), roots)
        return names

    def _look(self, path: str, *, outside: bool) -> Target:
        """What a path leads to; `outside` if the reference itself comes from outside the workspace."""
        inside = self.root_of(path) is not None
        if not inside and not outside:
            return Target(None, Reason.OUTSIDE)
        file = self.files.get(self.key(path))
        if file is not None:
            return Target(file.path)
        presence = self.presence(path) if inside else Presence.UNKNOWN
        return Target(path if presence in _FILES else None, _REASONS.get(presence))

    def lies_elsewhere(self, include: Include) -> bool:
        """Whether a file that the reference might mean lies in some other folder of the workspace.

        Where a program looks for its templates is often known to that program only.
        """
        for candidate in include.candidates:
            name = self.key(_last(candidate) or paths.name(paths.joined("/", candidate)))
            if name not in self.listing.folders_of:
                continue
            folder = paths.parent(self.key(paths.joined("/", candidate))).rstrip("/")
            if any(f"/{at}".endswith(folder) for at in self.listing.folders_of[name]):
                return True
        return False

    def lies_at_root(self, include: Include) -> bool:
        """Whether the reference leads somewhere if it is read from the root of a folder of the workspace."""
        return any(
            paths.is_below(path, root) and self.presence(path) is not Presence.NOTHING
            for root in self.roots
            for candidate in include.candidates
            for path in (paths.joined(root, candidate.lstrip("/")),)
        )

    def links(self, path: str) -> tuple[Link, ...]:
        """The references in the file at `path`."""
        file = self.file(path)
        return () if file is None else tuple(Link(file.path, include) for include in file.summary.includes)

    def includers(self, path: str) -> tuple[Link, ...]:
        """The references that lead to the file at `path`, by the paths of their files."""
        key = self.key(paths.normal(path))
        return tuple(
            link
            for other in sorted(self._mentions.get(paths.name(key), ()))
            for link in self.links(self.files[other].path)
            if (target := self.target(link.path, link.include).path) is not None and self.key(target) == key
        )

    def cycle(self, path: str, include: Include) -> tuple[str, ...]:
        """The files through which a reference in the file at `path` leads back to it, which is the last of them.

        Empty if it does not. Only references count for which the other file is read when the prompt is put together.
        """
        start = self.target(path, include).path
        if start is None or not merges(include):
            return ()
        key = self.key(paths.normal(path))
        came_from: dict[str, str | None] = {start: None}
        waiting = deque([start])
        while waiting:
            current = waiting.popleft()
            if self.key(current) == key:
                return _chain(came_from, current)
            for target in self._merged(current):
                if target not in came_from and len(came_from) < MAX_CHAIN:
                    came_from[target] = current
                    waiting.append(target)
        return ()

    def step(self, path: str, following: str) -> Include | None:
        """The reference in the file at `path` because of which the one at `following` becomes a part of it."""
        key = self.key(following)
        return next((include for include, target in self._merging(path) if self.key(target) == key), None)

    def _merged(self, path: str) -> Iterator[str]:
        return (target for _, target in self._merging(path))

    def _merging(self, path: str) -> Iterator[tuple[Include, str]]:
        for link in self.links(path):
            if merges(link.include) and (target := self.target(link.path, link.include).path) is not None:
                yield link.include, target

    def embeds(self, path: str) -> tuple[str, ...]:
        """The files whose text becomes part of the file at `path`, the nearest first."""
        return self._reach(
            path,
            lambda current: (
                target
                for link in self.links(current)
                if link.include.embeds and (target := self.target(link.path, link.include).path) is not None
            ),
        )

    def embedded_in(self, path: str) -> tuple[str, ...]:
        """The files of which the file at `path` becomes a part, so that it sees their variables, the nearest first."""
        return self._reach(path, lambda current: (link.path for link in self.includers(current) if link.include.embeds))

    def _reach(self, path: str, neighbours: Callable[[str], Iterator[str]]) -> tuple[str, ...]:
        seen = {self.key(paths.normal(path))}
        found: list[str] = []
        waiting = deque([path])
        while waiting and len(found) < MAX_CHAIN:
            for neighbour in neighbours(waiting.popleft()):
                if (key := self.key(neighbour)) not in seen:
                    seen.add(key)
                    found.append(neighbour)
                    waiting.append(neighbour)
        return tuple(found)

    def _mentioned(self, file: File) -> set[str]:
        folder, root = paths.parent(file.path), self.root_of(file.path)
        found: set[str] = set()
        for include in file.summary.includes:
            for candidate in include.candidates:
                found.add(_last(candidate) or paths.name(_absolute(candidate, folder, root) or ""))
        return set(map(self.key, found))

    # Names

    def symbols(self, query: str, limit: int = MAX_SYMBOLS) -> tuple[Symbol, ...]:
        """The prompts and headings whose names have the letters of `query` in that order, the best first."""
        letters = "".join(query.split())[:MAX_QUERY]
        pattern = re.compile(
            "".join(f"[^{re.escape(letter)}]*{re.escape(letter)}" for letter in letters), re.IGNORECASE
        )
        found = [
            (_rank(symbol.name, letters), symbol.path, symbol.heading.line if symbol.heading else -1, symbol)
            for symbol in self._symbols()
            if pattern.match(symbol.name)
        ]
        found.sort(key=lambda entry: entry[:3])
        return tuple(entry[3] for entry in found[:limit])

    def _symbols(self) -> Iterator[Symbol]:
        for path, summary in self.files.values():
            yield Symbol(summary.name or paths.name(path), path)
            for heading in summary.headings:
                yield Symbol(heading.name, path, heading)


_NO_NAMES = frozenset({"", ".", ".."})
_FILES = frozenset({Presence.FILE, Presence.IGNORED})
_REASONS = {
    Presence.FOLDER: Reason.FOLDER,
    Presence.NOTHING: Reason.MISSING,
    Presence.UNKNOWN: Reason.UNKNOWN,
}
_WORD_STARTS = re.compile(r"(?<![^\W_])[^\W_]|(?<=[a-zа-яё])[A-ZА-ЯЁ]")


def _last(candidate: str) -> str:
    """The name that a candidate ends with; empty where it takes a closer look to tell."""
    name = candidate[candidate.rfind("/") + 1 :]
    return "" if name in _NO_NAMES else name


def _absolute(candidate: str, folder: str, root: str | None) -> str | None:
    """The path that a candidate means; `None` if it is relative to the workspace and there is none."""
    if candidate.startswith("/"):
        return None if root is None else paths.joined(root, candidate)
    return paths.joined(folder, candidate)


def _chain(came_from: Mapping[str, str | None], last: str) -> tuple[str, ...]:
    chain: list[str] = []
    current: str | None = last
    while current is not None:
        chain.append(current)
        current = came_from[current]
    return tuple(reversed(chain))


def _rank(name: str, letters: str) -> tuple[int, int]:
    """How badly a name that has the letters fits: first by how they lie in it, then by its length."""
    folded, wanted = name.casefold(), letters.casefold()
    squeezed = "".join(folded.split())
    if squeezed.startswith(wanted):
        kind = 0
    elif "".join(match[0] for match in _WORD_STARTS.finditer(name)).casefold().startswith(wanted):
        kind = 1
    elif wanted in squeezed:
        kind = 2
    else:
        kind = 3
    return kind, len(name)


EMPTY = Index()
"""Of no workspace."""
