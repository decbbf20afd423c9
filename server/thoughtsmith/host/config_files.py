"""The config files of folders: found, read, remembered, and what they make of the settings of a file."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from thoughtsmith.config.file import FILE_NAMES, ConfigProblem, Parsed, parse
from thoughtsmith.config.misfit import Misfit
from thoughtsmith.config.settings import FileSettings
from thoughtsmith.host.baseline_file import BaselineError, name_in_baseline, read_baseline
from thoughtsmith.host.disk import Disk
from thoughtsmith.rules.selection import layered, unknown
from thoughtsmith.text import paths
from thoughtsmith.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathspec import GitIgnoreSpec

    from thoughtsmith.config.settings import Settings


class _Globs:
    """Patterns as in `.gitignore`, relative to a folder."""

    def __init__(self, folder: str, patterns: tuple[str, ...]) -> None:
        self._folder = folder
        self._patterns = patterns

    @lazy
    def _spec(self) -> GitIgnoreSpec:
        from pathspec import GitIgnoreSpec  # Not before there is a pattern.

        return GitIgnoreSpec.from_lines(self._patterns, backend="simple")

    def match(self, path: str) -> bool:
        if not self._patterns or not paths.is_below(path, self._folder):
            return False
        return bool(self._spec.match_file(paths.relative(path, self._folder)))


def _formats(folder: str, formats: tuple[tuple[str, str], ...]) -> tuple[tuple[_Globs, str], ...]:
    return tuple((_Globs(folder, (pattern,)), id) for pattern, id in formats)


class _Layer:
    """One config file, by itself."""

    def __init__(self, path: str, parsed: Parsed) -> None:
        folder, values = paths.parent(path), parsed.values
        self.path = path
        self.values = values
        self._lines = parsed.lines
        self.include = _Globs(folder, values.get("include", ()))
        self.exclude = _Globs(folder, values.get("exclude", ()))
        self.ignores = tuple(
            (_Globs(folder, (pattern,)), rules) for pattern, rules in values.get("per-file-ignores", ())
        )
        self.formats = _formats(folder, values.get("formats", ()))
        self.baseline = _around(folder, values.get("baseline", ""))
        self.extends = _around(folder, values.get("extend", ""))

    def problem(self, key: str, wrong: Misfit) -> ConfigProblem:
        return ConfigProblem(self.path, self._lines.get(key, 1), key, wrong)


@dataclass(slots=True)
class _File:
    """A config file that was read."""

    stamp: tuple[int, int] | None
    """When it was changed, and its size; `None` if it is not there."""
    parsed: Parsed | None = None
    """As it is now; `None` if it is no config file."""
    good: Parsed | None = None
    """As it was when it last had no mistakes; as it is now if it never was so."""


@dataclass(slots=True)
class ConfigFiles:
    """What config files say. Each is read once; `refresh` looks for changes of them and of the baselines they name."""

    user: str = ""
    """The path of the user's own config file, which counts less than the editor's settings."""
    roots: tuple[str, ...] = ()
    """The folders, as normal paths, that the patterns of user and editor are relative to."""
    _files: dict[str, _File] = field(default_factory=dict)
    _folders: dict[str, tuple[_Layer, ...]] = field(default_factory=dict)
    """The config files that hold in folders, those that the others build upon first."""
    _results: dict[tuple[str, Settings], FileSettings] = field(default_factory=dict)
    _baselines: dict[str, tuple[int, int] | None] = field(default_factory=dict)
    """When the baselines that were read were changed."""
    _editor_formats: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[tuple[_Globs, str], ...]] = field(
        default_factory=dict
    )
    """What user and editor say of formats, for the files below a folder."""
    _wrong: dict[tuple[str, str], ConfigProblem] = field(default_factory=dict)
    """What is wrong with other files that config files speak of, by the config file and its key."""

    def set_roots(self, roots: Iterable[str]) -> None:
        """Have the patterns of user and editor be relative to other folders."""
        self.roots = tuple(roots)
        self._results.clear()

    def user_settings(self, base: Settings) -> Settings:
        """`base` with what the user's own config file says."""
        for layer in self._chain(self.user) if self.user else ():
            base = layered(base, layer.values)
        return base

    def of(self, path: str, base: Settings) -> FileSettings:
        """What holds for the file at `path`, an absolute one; `base` is what defaults, user and editor say."""
        path = paths.normal(path)
        found = self._results.get((path, base))
        if found is None:
            found = self._results[path, base] = self._resolved(path, base)
        return found

    def may_include(self, folder: str) -> bool:
        """Whether config files call some files prompts in a folder or below, whatever they are called."""
        return any(layer.values.get("include") for layer in self._layers(folder))

    def format_of(self, path: str, base: Settings) -> str:
        """The id of the format that settings give the file at `path`, a normal one; empty if they do not.

        Nothing is remembered of the file itself, so that whole workspaces can be asked about.
        """
        folder = paths.parent(path)
        found = ""
        for globs, id in self._formats_of_editor(folder, base.formats):
            found = id if globs.match(path) else found
        for layer in self._layers(folder):
            for globs, id in layer.formats:
                found = id if globs.match(path) else found
        return found

    def _formats_of_editor(self, folder: str, formats: tuple[tuple[str, str], ...]) -> tuple[tuple[_Globs, str], ...]:
        if not formats:
            return ()
        # Of a file outside the workspace only the name can be meant.
        root = max((root for root in self.roots if paths.is_below(folder, root)), key=len, default=folder)
        if (root, formats) not in self._editor_formats:
            self._editor_formats[root, formats] = _formats(root, formats)
        return self._editor_formats[root, formats]

    @property
    def problems(self) -> tuple[ConfigProblem, ...]:
        """What is wrong in all config files that were read, by path and line."""
        found = {problem for file in self._files.values() if file.parsed for problem in file.parsed.problems}
        return tuple(sorted(found | set(self._wrong.values())))

    @property
    def formats(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """What the config files that were read say of formats, with their paths."""
        files = ((path, file.good) for path, file in self._files.items())
        return tuple((path, good.values["formats"]) for path, good in files if good and "formats" in good.values)

    @property
    def paths(self) -> tuple[str, ...]:
        """The config files that were read."""
        return tuple(path for path, file in self._files.items() if file.parsed is not None)

    def refresh(self) -> bool:
        """Look whether config files have changed, come or gone; whether they have."""
        changed = [path for path, file in self._files.items() if _stamp(path) != file.stamp]
        for path in changed:
            file = self._files[path]
            self._files[path] = _read(path, file.good)
        baselines = any(_stamp(path) != stamp for path, stamp in self._baselines.items())
        if changed or baselines:
            self._folders.clear()
            self._results.clear()
            self._baselines.clear()
            self._wrong.clear()
        return bool(changed) or baselines

    def _resolved(self, path: str, base: Settings) -> FileSettings:
        settings, excluded, baseline = base, False, ""
        format_id = self.format_of(path, base)
        included = bool(format_id)
        layers = self._layers(paths.parent(path))
        if layers:
            settings = replace(settings, config=layers[-1].path)
        for layer in layers:
            settings = layered(settings, layer.values)
            for globs, rules in layer.ignores:
                if globs.match(path):
                    settings = layered(settings, {"ignore": rules})
            included = included or layer.include.match(path)
            excluded = excluded or layer.exclude.match(path)
            if layer.baseline:
                baseline, said_by = layer.baseline, layer
        if baseline:
            self._baselines.setdefault(baseline, _stamp(baseline))
            try:
                accepted = read_baseline(baseline).get(name_in_baseline(path, baseline), ())
            except BaselineError:
                self._wrong[said_by.path, "baseline"] = said_by.problem("baseline", Misfit("no-baseline"))
            else:
                settings = replace(settings, accepted=accepted)
        return FileSettings(replace(settings, format=format_id), included, excluded, baseline)

    def _layers(self, folder: str) -> tuple[_Layer, ...]:
        """The nearest config file at or above a folder, with those that it builds upon."""
        waiting: list[str] = []
        found: tuple[_Layer, ...] = ()
        while folder not in self._folders:
            waiting.append(folder)
            own = next((path for name in FILE_NAMES if self._file(path := paths.joined(folder, name)).good), None)
            if own is not None:
                found = self._chain(own)
                break
            if paths.parent(folder) == folder or not folder:
                break
            folder = paths.parent(folder)
        else:
            found = self._folders[folder]
        self._folders |= dict.fromkeys(waiting, found)
        return found

    def _chain(self, path: str) -> tuple[_Layer, ...]:
        """A config file behind those that it builds upon. One that is missing or leads back is a problem of it."""
        chain: list[_Layer] = []
        while path:
            parsed = self._file(path).good
            if parsed is None:
                break
            layer = _Layer(path, parsed)
            chain.append(layer)
            following = layer.extends
            wrong: Misfit | None = None
            if any(following == one.path for one in chain):
                names = [paths.name(one.path) for one in chain] + [paths.name(following)]
                wrong = Misfit("extend-cycle", (("chain", " → ".join(names)),))
            elif following and self._file(following).good is None:
                wrong = Misfit("extend-missing", (("file", following),))
            if wrong is not None:
                self._wrong[path, "extend"] = layer.problem("extend", wrong)
                break
            path = following
        return tuple(reversed(chain))

    def _file(self, path: str) -> _File:
        if path not in self._files:
            self._files[path] = _read(path, None)
        return self._files[path]


def _around(folder: str, path: str) -> str:
    """A path in a config file that lies in `folder`."""
    if not path:
        return ""
    return paths.normal(path) if Path(path).is_absolute() else paths.joined(folder, path)


def _read(path: str, before: Parsed | None) -> _File:
    """A config file as it is; `before` is what it last was without mistakes."""
    stamp = _stamp(path)
    if stamp is None:
        return _File(None)
    text = Disk().read(path)
    if text is None:
        problem = ConfigProblem(path, 1, "", Misfit("unreadable"))
        parsed: Parsed | None = Parsed({}, (problem,), {})
    else:
        parsed = parse(text, path, unknown)
    good = before if parsed is not None and parsed.problems and before is not None else parsed
    return _File(stamp, parsed, good)


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 -- asked of every folder above every file
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size)
