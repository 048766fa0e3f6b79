"""How far several coders of the same statements agree."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tumen.queries import Row

#: Agreement below the first that rises above the second when one scale is turned round.
SWAPPED_BELOW, MENDED_ABOVE = 0.0, 0.5


def krippendorff_alpha(units: Iterable[Sequence[float]]) -> float | None:
    """Agreement of coders on an interval scale: 1 where they agree, 0 as by chance, below 0 where they clash.

    Args:
        units: the values that coders gave each thing coded; those with fewer than two are left out.

    Returns: alpha; None where nothing was coded twice or all values are the same.

    Source: Krippendorff (2011), https://repository.upenn.edu/asc_papers/43.

    Example:
        >>> krippendorff_alpha([(1, 1), (2, 2)]), krippendorff_alpha([(1, 2), (2, 1)])
        (1.0, -0.5)
    """
    paired = [np.asarray(values, dtype=float) for values in units if len(values) > 1]
    if not paired:
        return None
    pooled = np.concatenate(paired)
    expected = float(np.sum((pooled - pooled.mean()) ** 2)) / (len(pooled) - 1)
    if expected <= 0:
        return None
    observed = sum(len(u) * float(np.sum((u - u.mean()) ** 2)) / (len(u) - 1) for u in paired) / len(pooled)
    return 1 - observed / expected


def coding_notes(rows: Iterable[tuple[str, Row]]) -> tuple[str, ...]:
    """How far coders agree on stance, in words.

    Args:
        rows: what each row codes, and the row.

    Returns: nothing where nothing was coded twice; a further note for any two coders whose scales
        run opposite ways.
    """
    given: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for unit, row in rows:
        given[unit][str(row["coder"])].append(int(row["stance"]))
    coded = {u: {c: sum(v) / len(v) for c, v in by.items()} for u, by in given.items() if len(by) > 1}
    alpha = krippendorff_alpha([tuple(by.values()) for by in coded.values()])
    if alpha is None:
        return ()
    coders = sorted({c for by in coded.values() for c in by})
    note = f"{len(coders)} coders of {len(coded)} statements: Krippendorff's alpha {alpha:.2f} on stance"
    return (note, *_swapped(coded, coders))


def _swapped(coded: Mapping[str, Mapping[str, float]], coders: Sequence[str]) -> list[str]:
    """Two coders who agree only when the scale of one is turned round."""
    notes = []
    for one, other in itertools.combinations(coders, 2):
        both = [(by[one], by[other]) for by in coded.values() if one in by and other in by]
        here, mirrored = krippendorff_alpha(both), krippendorff_alpha([(a, -b) for a, b in both])
        if here is not None and mirrored is not None and here < SWAPPED_BELOW and mirrored > MENDED_ABOVE:
            notes.append(f"warning: coders '{one}' and '{other}' seem to have swapped the ends of the scale: "
                         f"alpha {here:.2f}, and {mirrored:.2f} with one of them turned round")  # fmt: skip
    return notes
