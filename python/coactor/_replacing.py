"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

__all__ = ["check_target", "making", "replacing"]


def check_target(path: str | os.PathLike[str]) -> Path:
    """Say before long work begins that a file could not be written at its end.

    Raises
    ------
    OSError
        If the folder does not exist or cannot be written to, or the path is a folder.
    """
    target = Path(path)
    if target.is_dir():
        raise IsADirectoryError(f"{target} is a folder; name the file to write")
    if _is_special(target):
        return target  # written to as it is, whatever its folder allows
    if not target.parent.is_dir():
        raise FileNotFoundError(f"the folder {target.parent} does not exist; make it first")
    if not os.access(target.parent, os.W_OK):
        raise PermissionError(f"the folder {target.parent} cannot be written to; choose another")
    return target


def _is_special(target: Path) -> bool:
    """Whether a path leads to something that is no ordinary file: a device, a pipe."""
    return target.exists() and not target.is_file()


@contextmanager
def replacing(*paths: str | os.PathLike[str], binary: bool = False) -> Iterator[list[IO[Any]]]:
    """Open files for writing; all take their places when the block ends well, none otherwise.

    Each is written beside its place under a name that ends in ``.tmp``, so a reader never sees half
    a file, and a file from before stays as it was if the work fails. What is no ordinary file
    (``/dev/null``, a pipe) is written to directly. A lone surrogate, which UTF-8 cannot hold,
    becomes a question mark.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> with replacing(folder / "a.txt", folder / "b.txt") as (a, b):
    ...     _ = a.write("one"), b.write("two")
    >>> sorted(path.name for path in folder.iterdir())
    ['a.txt', 'b.txt']
    """
    how: dict[str, Any] = {"mode": "wb"}
    if not binary:
        how = {"mode": "w", "encoding": "utf-8", "errors": "replace", "newline": ""}
    targets = [_place_of(check_target(path)) for path in paths]
    moves: list[tuple[Path, Path]] = []
    with ExitStack() as stack:
        stack.callback(_remove, moves)
        files: list[IO[Any]] = []
        for target in targets:
            place = target
            if not _is_special(target):
                place = target.with_name(f"{target.name}.{os.getpid()}.tmp")
                moves.append((place, target))
            files.append(stack.enter_context(open(place, **how)))
        yield files
        for file in files:
            file.close()
        while moves:
            os.replace(*moves[0])
            moves.pop(0)


@contextmanager
def making(folder: str | os.PathLike[str] | None) -> Iterator[None]:
    """Make a folder for what the block writes; one that was not there goes again if that fails."""
    path = None if folder is None else Path(folder)
    fresh = path is not None and not path.exists()
    if path is not None:
        path.mkdir(exist_ok=True)
    try:
        yield
    except BaseException:
        if fresh and path is not None:
            with suppress(OSError):  # somebody else has put something into it
                path.rmdir()
        raise


def _place_of(target: Path) -> Path:
    """Return what a link leads to, where that is a file: it is replaced, and the link stays."""
    return target if _is_special(target) else Path(os.path.realpath(target))


def _remove(moves: list[tuple[Path, Path]]) -> None:
    """Remove what has not been put in its place."""
    for temporary, _ in moves:
        temporary.unlink(missing_ok=True)
