"""The words of a judgement: ICD 203 for likelihood, and the outcomes of a claim."""

from __future__ import annotations

from typing import Literal

Outcome = Literal[
    "supported", "contradicted", "depends", "undetermined", "cannot be tested this way", "not measured yet"
]

#: The words that ICD 203 has for a probability, from the least.
LikelihoodWords = Literal[
    "almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely", "very likely", "almost certain"
]

SUPPORTED_FROM = 0.80
CONTRADICTED_TO = 0.20


def likelihood_words(probability: float) -> LikelihoodWords:
    """The ICD 203 words for a probability.

    Source: Intelligence Community Directive 203 (2015), Analytic Standards. Where its bands
        touch, 0.20 belongs to the lower band and 0.80 to the upper, as the outcomes do.

    Example:
        >>> [likelihood_words(p) for p in (0.01, 0.2, 0.3, 0.5, 0.7, 0.8, 0.99)]
        ['almost no chance', 'very unlikely', 'unlikely', 'roughly even chance', 'likely', \
'very likely', 'almost certain']
    """
    if probability < 0.05:
        return "almost no chance"
    if probability <= 0.20:
        return "very unlikely"
    if probability < 0.45:
        return "unlikely"
    if probability <= 0.55:
        return "roughly even chance"
    if probability < 0.80:
        return "likely"
    if probability <= 0.95:
        return "very likely"
    return "almost certain"


def outcome(probability: float) -> Outcome:
    """Supported from 0.80, contradicted to 0.20, undetermined between.

    Example:
        >>> outcome(0.8), outcome(0.2), outcome(0.5)
        ('supported', 'contradicted', 'undetermined')
    """
    if probability >= SUPPORTED_FROM:
        return "supported"
    if probability <= CONTRADICTED_TO:
        return "contradicted"
    return "undetermined"
