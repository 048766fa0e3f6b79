"""Agreement of coders, against published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measurement.worlds import many
from tumen.measurement.coding import krippendorff_alpha


# Three coders and fifteen units, * where one did not code. Wikipedia, "Krippendorff's alpha", prints 0.811.
def test_the_published_example():
    rows = ("* * * * * 3 4 1 2 1 1 3 3 * 3", "1 * 2 1 3 3 4 3 * * * * * * *", "* * 2 1 3 4 4 * 2 1 1 3 3 * 4")
    columns = zip(*(row.split() for row in rows), strict=True)
    found = krippendorff_alpha([[float(v) for v in column if v != "*"] for column in columns])
    assert found == pytest.approx(0.811, abs=5e-4)


def test_nothing_coded_twice_or_nothing_that_varies_has_no_agreement():
    assert krippendorff_alpha([(1,), (2,)]) is None
    assert krippendorff_alpha([(1, 1), (1, 1)]) is None


@many
@given(st.lists(st.lists(st.integers(-2, 2), min_size=2, max_size=4), min_size=2, max_size=8), st.integers(-5, 5))
def test_moving_or_turning_the_scale_for_all_changes_nothing(units, shift):
    here = krippendorff_alpha(units)
    for there in ([[v + shift for v in u] for u in units], [[-v for v in u] for u in units]):
        assert krippendorff_alpha(there) == (None if here is None else pytest.approx(here))
    assert here is None or here <= 1
