"""What excess votes with given pairs can have, held against tables small enough for a pencil."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import many
from tumen.votes.loglinear import PATTERNS
from tumen.votes.room import Room, room_of


def table(*patterns: tuple[str, float]) -> np.ndarray:
    """Counts of patterns of four letters, shape (81, 1)."""
    counts = np.zeros((81, 1))
    for letters, count in patterns:
        counts[int("".join(str("YAN".index(vote)) for vote in letters), 3), 0] += count
    return counts


def test_pairs_as_chance_has_them_leave_room_from_no_identical_votes_to_a_third():
    # identical = (sum of pairs - 1 + all different) / 2 = all different / 2, and 2/3 at most can be all different:
    # votes whose numbers sum to a multiple of three are alike or all different, the others never alike. Expected: 1/9.
    even = np.where(PATTERNS[:, 3] == 0, 1.0, 0.0)[:, None]
    room = room_of(even, None)
    assert (room.least, room.greatest) == pytest.approx((-1 / 9, 2 / 9), abs=0.015)
    assert (room.floor, room.ceiling) == pytest.approx((-1 / 9, 2 / 9), abs=1e-3)
    assert (room.inside(0.2215), room.inside(0.2235)) == (False, True)
    assert (room.voted, room.expected, room.excess) == pytest.approx((1 / 9, 1 / 9, 0.0), abs=1e-6)
    assert room.calls == 27


def test_the_bounds_of_one_answer_are_frechets():
    # Each pair says no together in 6 of 12 and each one in 8: all three in max(0, 6 + 6 - 8) = 4 to min(6, ...): with
    # k of all three, 6 - k of just two of each pair, and 8 - 2 (6 - k) - k = k - 4 of just one: k is 4 to 6, and
    # 12 - k - 3 (6 - k) - 3 (k - 4) = 6 - k of none.
    seen = table(("NNNY", 5), ("NNYY", 1), ("NYNY", 1), ("YNNY", 1), ("NYYY", 1), ("YNYY", 1), ("YYNY", 1), ("YYYY", 1))
    room = room_of(seen, 2)
    assert 12 * (room.expected + room.floor) == pytest.approx(4.0, abs=0.1)
    assert 12 * (room.expected + room.ceiling) == pytest.approx(6.0, abs=0.1)
    assert room.floor <= room.least < 0 < room.greatest <= room.ceiling
    assert 12 * room.voted == pytest.approx(5.0)


@pytest.mark.parametrize(
    ("floor", "ceiling", "inside"),
    [(-0.049, 0.049, True), (-0.05, 0.01, False), (-0.01, 0.05, False), (-0.1, 0.03, False), (-0.1, 0.1, False)],
)
def test_the_room_lies_inside_a_bound_where_neither_end_reaches_it(floor, ceiling, inside):
    assert Room(np.zeros(81), 100, 0.5, 0.5, -0.01, 0.01, floor, ceiling).inside(0.05) is inside


@many
@given(
    counts=st.lists(st.integers(0, 9), min_size=81, max_size=81).filter(any), answer=st.sampled_from([None, 0, 1, 2])
)
def test_votes_themselves_never_pass_the_ends_of_their_own_room(counts, answer):
    room = room_of(np.array(counts, dtype=float)[:, None], answer)
    assert room.floor - 1e-9 <= room.excess <= room.ceiling + 1e-9
    assert not room.inside(0.0)
