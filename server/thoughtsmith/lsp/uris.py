"""Addresses of documents and the paths of files."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from pygls.uris import from_fs_path, to_fs_path

from thoughtsmith.text import paths


def path_of(uri: str) -> str:
    """The path of a document; of one that is no file, whatever path its address has."""
    return to_fs_path(uri) or unquote(urlsplit(uri).path)


def file_path(uri: str) -> str:
    """The normal path of a file or folder; empty for an address of something else."""
    return paths.normal(to_fs_path(uri) or "") if uri.startswith("file:") else ""


def uri_of(path: str) -> str:
    """The address of a file."""
    return str(from_fs_path(path))
