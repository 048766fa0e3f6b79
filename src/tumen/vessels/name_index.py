"""Which of many listed names a ship's name is like, without comparing it with each by every rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tumen.vessels.likeness import likeness, name_parts, sound_keys, spellings
from tumen.vessels.ship_names import name_meant


class NameIndex:
    """Listed names, to be asked which of them a name is like."""

    def __init__(self, names: Sequence[str]) -> None:
        """Sort names by what a name that is like them shares with them.

        Args:
            names: as a list writes them.
        """
        self._names = [name_meant(name) for name in names]
        self._shared: dict[object, set[int]] = defaultdict(set)
        self._letters: dict[tuple[str, ...], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for place, name in enumerate(self._names):
            for spelling in spellings(name):
                parts = name_parts(spelling)
                self._letters[parts.numbers][parts.letters].add(place)
                for key in sound_keys(parts):
                    self._shared[key].add(place)

    def like(self, name: str, least_score: float) -> Iterator[tuple[int, float]]:
        """The places of names like another, and the scores of `likeness`, the most alike first.

        Args:
            least_score: from which a name is told, of 100.

        Example:
            >>> list(NameIndex(["ALPHA TEST", "SUN BRIGHT"]).like("SUNBRIGHT", 90))
            [(1, 100.0)]
        """
        scores = {place: likeness(name, self._names[place]) for place in self._near(name_meant(name), least_score)}
        told = [(place, score) for place, score in scores.items() if score and score >= least_score]
        yield from sorted(told, key=lambda one: (-one[1], one[0]))

    def _near(self, name: str, least_score: float) -> set[int]:
        """Places of names that may be like one: no other is."""
        near: set[int] = set()
        for spelling in spellings(name):
            parts = name_parts(spelling)
            for key in sound_keys(parts):
                near |= self._shared.get(key, set())
            there = self._letters.get(parts.numbers, {})
            found = process.extract_iter(
                parts.letters,
                there.keys(),
                scorer=OSA.normalized_similarity,
                processor=None,
                score_cutoff=max(0.01, least_score / 100 - 1e-3),
            )
            near.update(place for letters, _, _ in found for place in there[letters])
        return near
