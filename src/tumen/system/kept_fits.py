"""Fits made before, beside the user's other caches: the same system on the same record is not fitted twice."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from contextlib import suppress
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from platformdirs import user_cache_path

from tumen.measure.arrays import Floats
from tumen.system.fit import Fit, Observed
from tumen.system.game import Game, Ranges
from tumen.writing import delete, drafted, fill, make_folder

#: What a fit is made by: where one of them changed, it is made anew.
_MADE_BY = ("game.py", "solver.py", "branch.py", "fit.py")

#: Fits that are kept, the newest.
_MOST = 60


def kept_fit(game: Game, seen: Observed, box: Ranges, drawn_with: tuple[int, int], make: Callable[[], Fit]) -> Fit:
    """A fit, taken from those kept where there is one.

    Args:
        box: ranges of the parameters.
        drawn_with: how many draws, and the seed.
        make: makes it.

    Limits: where the folder cannot be written or read, all is computed anew; nothing is said of that.
    """
    path = folder() / f"{_named(game, seen, box, drawn_with)}.npz"
    found = _read(path, (drawn_with[0], game.size), game, seen)
    if found is None:
        found = make()
        _write(path, found)
    return found


def folder() -> Path:
    """Where fits are kept: in the folder of the user's system for what may be thrown away."""
    return user_cache_path("tumen") / "fits"


def _named(game: Game, seen: Observed, box: Ranges, drawn_with: tuple[int, int]) -> str:
    """A name that says all that the fit depends on."""
    said = repr((np.__version__, game.agents, game.levels, game.actors, game.terms, game.habits, box.names))
    digest = hashlib.sha256(f"{said}{drawn_with}".encode())
    for name in _MADE_BY:
        digest.update((files("tumen.system") / name).read_bytes())
    for array in (box.low, box.high, seen.drivers, *seen.coded):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def _read(path: Path, shape: tuple[int, int], game: Game, seen: Observed) -> Fit | None:
    """The fit in a file; None where there is none, or the file holds something else."""
    after = seen.periods - 1
    shapes = {"parameters": shape, "scores": (after,), "numbers": (4,)}
    shapes |= {f"ahead{n}": (levels, after) for n, levels in enumerate(game.levels)}
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as held:
            arrays: dict[str, Floats] = {name: held[name] for name in shapes}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error):
        return None
    if any(arrays[name].shape != of or not _numbers(arrays[name]) for name, of in shapes.items()):
        return None
    luck, effective, turned, residual = arrays["numbers"].tolist()
    ahead = tuple(arrays[f"ahead{n}"] for n in range(len(game.levels)))
    return Fit(arrays["parameters"], arrays["scores"], ahead, luck, int(effective), turned, residual)


def _numbers(array: Floats) -> bool:
    return array.dtype == np.float64 and bool(np.isfinite(array).all())


def _write(path: Path, found: Fit) -> None:
    """Keep a fit; the oldest go."""
    arrays: dict[str, Any] = {f"ahead{n}": one for n, one in enumerate(found.ahead)}
    arrays |= {"parameters": found.parameters, "scores": found.scores}
    arrays["numbers"] = np.array([found.error, found.effective, found.turned, found.residual])
    content = BytesIO()
    np.savez(content, **arrays)
    with suppress(OSError):
        make_folder(path.parent, path.parent, private=True)
        with drafted(path, path.parent, private=True) as draft:
            fill(draft, content.getvalue())
        for old in sorted(path.parent.glob("*.npz"), key=lambda p: p.stat().st_mtime)[:-_MOST]:
            delete(old)
