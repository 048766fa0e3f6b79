"""How claims stand at first sight: in an editor's words, under their subjects, the most surprising first."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence

from tumen.judge.chance import Chance
from tumen.judge.likelihood_words import Outcome
from tumen.judge.verdict import Verdict
from tumen.run import Evaluation

#: The heading of claims that nothing can measure yet.
UNMEASURED = "Not measured yet"

#: What an editor calls an outcome, the most surprising first: an assessment is read to be believed.
EDITORS_WORDS: Mapping[Outcome, str] = {
    "contradicted": "does not hold",
    "depends": "depends on the count",
    "undetermined": "not settled",
    "cannot be tested this way": "cannot be tested",
    "not measured yet": "not measured yet",
    "supported": "holds",
}


#: What is said of one claim that stands so, and of several, what holds first.
_NUMBERED: Mapping[Outcome, tuple[str, str]] = {
    "supported": ("holds", "hold"),
    "contradicted": ("does not hold", "do not hold"),
    "depends": ("depends on the count", "depend on the count"),
    "undetermined": ("is not settled", "are not settled"),
    "cannot be tested this way": ("cannot be tested this way", "cannot be tested this way"),
    "not measured yet": ("is not measured yet", "are not measured yet"),
}


def numbers(verdicts: Sequence[Verdict]) -> list[tuple[Outcome, int, str]]:
    """How many claims stand how, and the words for so many; outcomes that no claim has are left out."""
    found = Counter(verdict.outcome for verdict in verdicts)
    return [(name, found[name], said[found[name] > 1]) for name, said in _NUMBERED.items() if found[name]]


def in_editors_words(verdict: Verdict) -> str:
    """How a claim stands, with its probability where it has one: "not settled: 30 per cent likely"."""
    stands, said = EDITORS_WORDS[verdict.outcome], likely(verdict.chance)
    return f"{stands}: {said}" if said else stands


def likely(chance: Chance | None) -> str:
    """P(claim) in whole per cent, as a sentence has it; empty where there is none.

    Example:
        >>> likely(Chance(0.3, 0.3, 0.3)), likely(Chance(0.999, 0.999, 0.999)), likely(Chance(0.6, 0.3, 0.97))
        ('30 per cent likely', 'over 99 per cent likely', '30 to 97 per cent likely')
        >>> likely(Chance(0.6, 0.0, 0.6)), likely(Chance(0.6, 0.6, 1.0)), likely(Chance(0.6, 0.0, 1.0))
        ('at most 60 per cent likely', 'at least 60 per cent likely', 'anything from 0 to 100 per cent likely')
    """
    if chance is None:
        return ""
    low, high = (round(100 * end) for end in (chance.low, chance.high))
    if chance.probability is not None or low == high:
        share = chance.share
        said = "over 99" if share > 0.99 else "under 1" if share < 0.01 else str(round(100 * share))
    elif low == 0:
        said = "anything from 0 to 100" if high == 100 else f"at most {high}"
    else:
        said = f"at least {low}" if high == 100 else f"{low} to {high}"
    return f"{said} per cent likely"


def shortened(sentence: str, width: int) -> str:
    """A sentence cut at a word, with an ellipsis, to so many characters at most.

    Example:
        >>> shortened("It is by far the largest partner in trade.", 24)
        'It is by far the…'
    """
    return textwrap.shorten(sentence, width, placeholder="…")


def by_subject(evaluation: Evaluation, verdicts: Sequence[Verdict] | None = None) -> dict[str, list[Verdict]]:
    """Verdicts under the subjects of their measures, the most surprising of each first.

    Args:
        verdicts: those to group; all of the case where None.

    Returns: subjects without claims are left out; claims that cannot be measured yet stand last.
    """
    headings = evaluation.kinds.subjects
    found: dict[str, list[Verdict]] = {subject: [] for subject in (*headings.values(), UNMEASURED)}
    for verdict in evaluation.verdicts if verdicts is None else verdicts:
        found[headings.get(verdict.claim.measure or "", UNMEASURED)].append(verdict)
    return {subject: sorted(mine, key=surprise) for subject, mine in found.items() if mine}


def surprise(verdict: Verdict) -> tuple[int, float]:
    """Where a claim stands among others, the most surprising first: by its outcome, then by how unlikely it can be."""
    return list(EDITORS_WORDS).index(verdict.outcome), verdict.chance.low if verdict.chance else 1.0
