"""A reference class holds at least so many units, and no fewer are one."""

from tumen.measure.comparable import LEAST_PEERS, peers_of


def test_as_many_units_as_it_takes_are_a_class_and_one_fewer_are_none():
    values = {str(n): n / 10 for n in range(LEAST_PEERS)}
    found = peers_of("years", values)
    assert found is not None
    assert (found.of, found.values) == ("years", values)
    assert peers_of("years", dict(list(values.items())[1:])) is None
