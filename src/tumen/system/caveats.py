"""What every answer of a system says of itself."""

from __future__ import annotations

from tumen.measure.units import per_cent
from tumen.system.running import Running
from tumen.system.worth import frequencies, persistence

#: The tables of the record that carry a system.
SYSTEM_TABLES = ("moves", "drivers")

CODED_BY_HAND = "what each actor did, half-year by half-year or year by year,"

SYSTEM_SOURCE = (
    "McKelvey and Palfrey (1998), doi:10.1023/A:1009905800005; Turocy (2005), doi:10.1016/j.geb.2004.04.003; Signorino "
    "(1999), doi:10.2307/2585397; Chopin (2002), doi:10.1093/biomet/89.3.539"
)

SYSTEM_LIMITS = (
    "It holds if the declared system does: its actors, levels, aims, effects and drivers. Of a short record most aims "
    "stay as they were declared. Drivers stay as they were last where no future is named."
)


def caveats(run: Running) -> tuple[str, ...]:
    """What must be known of a fit: what it rests on, how its forecasts did, and what it could not solve."""
    first, last = run.history.periods[0], run.history.periods[-1]
    told = [
        f"a model of the analyst's own, fitted to the coded moves of {first} to {last}; it holds if the model does",
        _worth(run),
    ]
    if run.fitted.turned > 0:
        told.append(f"the branch of equilibria turned back in {per_cent(100 * run.fitted.turned)} per cent of draws")
    if run.fitted.effective < 1000:
        told.append(f"only {run.fitted.effective} draws counted at the least; ranges are less sure than they look")
    return (*told, *run.history.notes)


def _worth(run: Running) -> str:
    """How the forecasts of each period by those before it did, beside two that know no aims."""
    model = run.fitted.evidence
    rivals = {"doing the same again": persistence(run.seen).sum(), "past frequencies": frequencies(run.seen).sum()}
    better = [f"{name} ({score:.1f})" for name, score in rivals.items() if score >= model]
    said = f"score of its forecasts of each period by those before it: {model:.1f}"
    if better:
        return f"{said}; {' and '.join(better)} did no worse, so that it is worth little"
    return f"{said}, better than {' and '.join(f'{name} ({score:.1f})' for name, score in rivals.items())}"
