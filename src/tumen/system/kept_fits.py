"""Fits made before, beside the user's other caches: the same system on the same record is not fitted twice."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from platformdirs import user_cache_path

from tumen.system.fit import Fitted, Seen
from tumen.system.game import Box, Game

#: Goes up when a fit of the same system on the same record would come out otherwise.
_METHOD = 1

#: Fits that are kept, the newest.
_MOST = 60


def kept_fit(game: Game, seen: Seen, box: Box, drawn_with: tuple[int, int], make: Callable[[], Fitted]) -> Fitted:
    """A fit, taken from those kept where there is one.

    Args:
        box: ranges of the parameters.
        drawn_with: how many draws, and the seed.
        make: makes it.

    Limits: where the folder cannot be written or read, all is computed anew; nothing is said of that.
    """
    path = user_cache_path("tumen") / "fits" / f"{_named(game, seen, box, drawn_with)}.npz"
    found = _read(path, (drawn_with[0], game.size), game, seen)
    if found is None:
        found = make()
        _write(path, found)
    return found


def _named(game: Game, seen: Seen, box: Box, drawn_with: tuple[int, int]) -> str:
    """A name that says all that the fit depends on."""
    said = repr((_METHOD, np.__version__, game.agents, game.levels, game.actors, game.terms, game.habits, box.names))
    digest = hashlib.sha256(f"{said}{drawn_with}".encode())
    for array in (box.low, box.high, seen.drivers, *seen.coded):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def _read(path: Path, shape: tuple[int, int], game: Game, seen: Seen) -> Fitted | None:
    """The fit in a file; None where there is none, or the file holds something else."""
    try:
        with np.load(path, allow_pickle=False) as held:
            parameters, scores, numbers = held["parameters"], held["scores"], held["numbers"]
            ahead = tuple(held[f"ahead{n}"] for n in range(len(game.agents)))
    except (OSError, ValueError, KeyError, EOFError):
        return None
    sizes = [(levels, seen.periods - 1) for levels in game.levels]
    if parameters.shape != shape or [one.shape for one in ahead] != sizes or numbers.shape != (4,):
        return None
    error, effective, turned, residual = numbers.tolist()
    return Fitted(parameters, scores, ahead, error, int(effective), turned, residual)


def _write(path: Path, found: Fitted) -> None:
    """Keep a fit; the oldest go."""
    arrays: dict[str, Any] = {f"ahead{n}": one for n, one in enumerate(found.ahead)}
    arrays |= {"parameters": found.parameters, "scores": found.scores}
    arrays["numbers"] = np.array([found.error, found.effective, found.turned, found.residual])
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
            np.savez(draft, **arrays)
        Path(draft.name).replace(path)
        for old in sorted(path.parent.glob("*.npz"), key=lambda p: p.stat().st_mtime)[:-_MOST]:
            old.unlink(missing_ok=True)
