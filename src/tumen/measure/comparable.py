"""Comparable units of which a record tells the same, and how few of them say nothing."""

from __future__ import annotations

from collections.abc import Mapping

from tumen.measure.estimate import Peers

#: Fewer comparable units than this are no class to compare with.
LEAST_PEERS = 5


def peers_of(of: str, values: Mapping[str, float]) -> Peers | None:
    """The reference class of an estimand, where the record holds enough of it.

    Args:
        of: what the units are, in the plural.
        values: the estimand of each unit, by its name, those that the claim is about left out.

    Example:
        >>> peers_of("other years", {"2020": 0.9}) is None
        True
    """
    return Peers(of=of, values=dict(values)) if len(values) >= LEAST_PEERS else None
