"""A fit is kept beside the user's other caches, and whatever else lies there is not taken for one."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.system.systems import KNOWN
from tumen.system import kept_fits
from tumen.system.fit import Fit, Observed, fit
from tumen.system.game import Ranges, game_of
from tumen.system.kept_fits import folder, kept_fit

GAME = game_of(KNOWN)
SEEN = Observed((np.array([[0.1, 0.2, 0.9, 0.1], [0.9, 0.8, 0.1, 0.9]]),), np.full((1, 1, 4), 0.5))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user who has kept nothing yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder()


class Maker:
    """Makes a fit, and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> Fit:
        self.made += 1
        return fit(GAME, SEEN, 20, np.random.default_rng(1))


def asked(make: Callable[[], Fit], seen: Observed = SEEN, box: Ranges = GAME.box, seed: int = 1) -> Fit:
    return kept_fit(GAME, seen, box, (20, seed), make)


def same(one: Fit, other: Fit) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(vars(one).values(), vars(other).values(), strict=True))


def test_what_was_fitted_before_is_not_fitted_again_and_is_the_same(kept: Path) -> None:
    make = Maker()
    first, again = asked(make), asked(make)
    assert make.made == 1
    assert same(first, again)
    assert isinstance(again.effective, int)
    (only,) = kept.iterdir()
    assert only.suffix == ".npz"


@pytest.mark.parametrize(
    "other",
    [
        {"seed": 2},
        {"seen": replace(SEEN, drivers=np.full((1, 1, 4), 0.25))},
        {"seen": replace(SEEN, coded=(SEEN.coded[0][::-1].copy(),))},
        {"box": GAME.box.with_ranges({"precision BBB": (1.0, 2.0)})},
    ],
)
def test_another_system_record_or_seed_is_fitted_anew(kept: Path, other: dict[str, object]) -> None:
    make = Maker()
    asked(make)
    asked(make, **other)  # type: ignore[arg-type]
    assert make.made == 2
    assert len(list(kept.iterdir())) == 2


def test_fits_of_another_way_to_fit_are_not_taken(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Maker()
    asked(make)
    monkeypatch.setattr(kept_fits, "_MADE_BY", ("play.py",))
    asked(make)
    assert (make.made, len(list(kept.iterdir()))) == (2, 2)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def _flipped(path: Path) -> None:
    held = bytearray(path.read_bytes())
    held[100:140] = bytes(40)
    path.write_bytes(held)


def _otherwise(path: Path) -> None:
    with np.load(path) as held:
        arrays = dict(held)
    np.savez(path, **{**arrays, "scores": np.full(3, np.nan)})


def _shorter(path: Path) -> None:
    with np.load(path) as held:
        arrays = dict(held)
    np.savez(path, **{**arrays, "scores": arrays["scores"][:1]})


def _objects(path: Path) -> None:
    with np.load(path) as held:
        arrays = dict(held)
    np.savez(path, **{**arrays, "parameters": np.array([print], dtype=object)})


@pytest.mark.parametrize(
    "spoil",
    [cut, _flipped, _otherwise, _shorter, _objects, lambda p: p.write_text("a,b\n"), lambda p: p.write_bytes(b"")],
)
def test_a_file_that_is_no_such_fit_is_ignored_and_replaced(kept: Path, spoil: Callable[[Path], object]) -> None:
    make = Maker()
    first = asked(make)
    (only,) = kept.iterdir()
    spoil(only)
    assert same(first, asked(make))
    assert same(first, asked(make))
    assert make.made == 2


def test_where_the_folder_cannot_be_made_all_is_computed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("a file in its place")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    make = Maker()
    assert same(asked(make), asked(make))
    assert make.made == 2


def test_the_oldest_go(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_fits, "_MOST", 2)
    make = Maker()
    for seed in (1, 2, 3):
        asked(make, seed=seed)
        for path in kept.iterdir():
            os.utime(path, (path.stat().st_mtime - 10, path.stat().st_mtime - 10))
    assert len(list(kept.iterdir())) == 2
    asked(make, seed=3)
    asked(make, seed=2)
    assert make.made == 3
    asked(make, seed=1)
    assert make.made == 4


def test_only_the_user_may_look_into_the_folder(kept: Path) -> None:
    asked(Maker())
    assert kept.stat().st_mode & 0o077 == 0
