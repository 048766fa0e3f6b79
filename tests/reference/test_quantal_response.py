"""The solver against Gambit 16.7 (Savani and Turocy, gambit-project.org), which made quantal_response.json.

See make_quantal_response.py. What is compared is the equilibrium on the principal branch, not any equilibrium.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tumen.system.branch import follow
from tumen.system.game import Payoffs, Shared
from tumen.system.solver import solve

HELD = json.loads(Path(__file__).with_name("quantal_response.json").read_text(encoding="utf-8"))
GAMES = HELD["games"]


def payoffs(game: dict[str, Any]) -> Payoffs:
    precision = game["precision"]
    own = tuple(np.array(one)[:, None, None] * precision for one in game["own"])
    pays = [(a, i, b, j, np.full((1, 1), pay * precision)) for a, i, b, j, pay in game["shared"]]
    return Payoffs(own, tuple(Shared(*one) for one in pays))


@pytest.mark.parametrize("number", range(len(GAMES)))
def test_the_solver_equals_gambits_principal_branch(number):
    solved = solve(payoffs(GAMES[number]))
    for mine, theirs in zip(solved.chances, GAMES[number]["chances"], strict=True):
        assert mine[:, 0, 0] == pytest.approx(np.array(theirs), abs=1e-8)


@pytest.mark.parametrize("number", range(len(GAMES)))
def test_a_branch_followed_along_its_length_ends_where_gambits_does(number):
    game = payoffs(GAMES[number])
    shared = tuple(replace(one, pay=one.pay[0]) for one in game.shared)
    found, _ = follow(Payoffs(tuple(one[:, 0] for one in game.own), shared))
    for mine, theirs in zip(found, GAMES[number]["chances"], strict=True):
        assert mine[:, 0] == pytest.approx(np.array(theirs), abs=1e-8)


def test_games_are_as_many_and_as_different_as_was_asked():
    drawn, turning = GAMES[:50], GAMES[50:]
    assert {len(game["own"]) for game in drawn} == {2, 3, 4}
    assert {len(one) for game in drawn for one in game["own"]} == {2, 3}
    assert len({game["precision"] for game in drawn}) == 6
    assert len(turning) == 8
    assert all(solve(payoffs(game)).turned.all() for game in turning)
