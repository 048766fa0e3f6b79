"""How well names of ships are told alike, on pairs that were labelled by hand.

    python -m tests.reference.ship_name_pairs

All names are invented. Each pair is of one kind of difference: kinds in which the two are one ship's name, and kinds in
which they are not.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from tumen.sea.sea_levers import IdentityLevers
from tumen.vessels.likeness import likeness

PAIRS = Path(__file__).with_suffix(".csv")


@dataclass(frozen=True)
class LabelledPair:
    """Two names, and whether they are one ship's."""

    same: bool
    kind: str
    one: str
    other: str


def pairs() -> list[LabelledPair]:
    """The labelled pairs."""
    with PAIRS.open(encoding="utf-8", newline="") as stream:
        return [LabelledPair(r["same"] == "yes", r["kind"], r["one"], r["other"]) for r in csv.DictReader(stream)]


def by_letters_alone(one: str, other: str) -> float:
    """What names were compared by before: the letters of the words in order, whatever they mean."""
    return float(fuzz.token_sort_ratio(one.upper(), other.upper()))


def score(score_of: Callable[[str, str], float], found: Sequence[LabelledPair], least: float) -> tuple[float, float]:
    """Precision and recall at a threshold."""
    told = [pair for pair in found if score_of(pair.one, pair.other) >= least]
    right = sum(pair.same for pair in told)
    return right / len(told), right / sum(pair.same for pair in found)


def table(least: float) -> str:
    """What a reader is shown: by kind of difference, and altogether."""
    found = pairs()
    lines = ["| pairs | kind of difference | number | told as alike |", "| --- | --- | ---: | ---: |"]
    for same in (True, False):
        for kind in dict.fromkeys(pair.kind for pair in found if pair.same is same):
            of_kind = [pair for pair in found if pair.same is same and pair.kind == kind]
            told = sum(likeness(pair.one, pair.other) >= least for pair in of_kind)
            lines.append(f"| {'one name' if same else 'two names'} | {kind} | {len(of_kind)} | {told} |")
    for what, score_of in (("Tumen", likeness), ("letters alone", by_letters_alone)):
        precision, recall = score(score_of, found, least)
        lines.append(f"| all | {what} | {len(found)} | precision {precision:.3f}, recall {recall:.3f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(IdentityLevers().least_score))
    for pair in pairs():
        if (likeness(pair.one, pair.other) >= IdentityLevers().least_score) is not pair.same:
            print(f"{'missed' if pair.same else 'wrong'}: {pair.one} | {pair.other} ({pair.kind})")
