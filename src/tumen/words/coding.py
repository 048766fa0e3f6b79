"""How far several coders of the same statements agree."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tumen.counting import counted
from tumen.engine.queries import Engine, typed
from tumen.errors import Place, Problem
from tumen.measure.agreement_of_coders import ENOUGH_SHARED, TENTATIVE, krippendorff_alpha, nominal_alpha
from tumen.record import redaction
from tumen.words.tables import STATEMENTS

#: Agreement below the first that rises above the second when one scale is turned round.
SWAPPED_BELOW, MENDED_ABOVE = 0.0, TENTATIVE


@dataclass(frozen=True)
class Coding:
    """How warm a coder found a thing, its stance from -2 to 2, and of what kind.

    Args:
        unit: the thing coded.
    """

    unit: str
    coder: str
    stance: int
    kind: str


@dataclass(frozen=True)
class _Coded(Coding):
    """One row of the query of `check_coders`: a coding, the file that it stands in, and whether it may be shown."""

    _file: str
    public: bool


def coding_notes(codings: Sequence[Coding], hidden: Collection[str] = (), what: str = "statement") -> tuple[str, ...]:
    """How far coders agree on stance and on kind, in words.

    Args:
        hidden: coders who may not be named.
        what: the thing coded, in words.

    Returns: nothing where nothing was coded twice, or all alike; a further note for any two coders whose scales
        run opposite ways.
    """
    coded = _coded(codings)
    coders = sorted({c for by in coded.values() for c in by})
    of = f"{counted(len(coders), 'coder')} of {counted(len(coded), what)}"
    kinds = [[c.kind for c in codings if c.unit == unit] for unit in coded]
    alphas = {
        "stance": krippendorff_alpha([tuple(by.values()) for by in coded.values()]),
        "kind": nominal_alpha(kinds),
    }
    return (
        *(
            f"{of}: Krippendorff's alpha {alpha:.2f} on {of_what}"
            for of_what, alpha in alphas.items()
            if alpha is not None
        ),
        *(f"warning: {_pair(s, hidden)}, over {counted(s.shared, what)}" for s in swapped(coded)),
    )


def _coded(codings: Iterable[Coding]) -> dict[str, dict[str, float]]:
    """Each coder's mean stance on each thing that several coded."""
    given: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for coding in codings:
        given[coding.unit][coding.coder].append(coding.stance)
    return {u: {c: sum(v) / len(v) for c, v in by.items()} for u, by in given.items() if len(by) > 1}


@dataclass(frozen=True)
class Swapped:
    """Two coders who agree only if the scale of one of them is reversed.

    Args:
        alpha, turned: their agreement as it stands, and with one of them reversed.
        shared: how many things both coded.
    """

    coders: tuple[str, str]
    alpha: float
    turned: float
    shared: int


def swapped(coded: Mapping[str, Mapping[str, float]]) -> list[Swapped]:
    """Each pair of coders who seem to have swapped the ends of the scale.

    Args:
        coded: by what is coded, each coder's value.
    """
    found = []
    for one, other in itertools.combinations(sorted({c for by in coded.values() for c in by}), 2):
        both = [(by[one], by[other]) for by in coded.values() if one in by and other in by]
        here, turned = krippendorff_alpha(both), krippendorff_alpha([(a, -b) for a, b in both])
        if here is not None and turned is not None and here < SWAPPED_BELOW and turned > MENDED_ABOVE:
            found.append(Swapped((one, other), here, turned, len(both)))
    return found


def _pair(found: Swapped, hidden: Collection[str]) -> str:
    one, other = (redaction.coder(name, name not in hidden) for name in found.coders)
    return (
        f"coders {one} and {other} at opposite ends of the scale: alpha {found.alpha:.2f}, and "
        f"{found.turned:.2f} with one of them reversed"
    )


def check_coders(engine: Engine) -> list[Problem]:
    """An error for each pair of coders who swapped the ends of the scale over several statements."""
    sql = (
        "select concat(case when remark is not null then concat('m|', remark) "  # noqa: S608 - our schema
        "when date_precision in ('day', 'approximate') then concat(actor, '|', topic, '|', cast(\"date\" as varchar)) "
        "else concat('r|', id) end, '|', source) as unit, coder, stance, kind, _file, "
        f"{redaction.is_public(STATEMENTS)} as public "
        "from statements where coder is not null and stance is not null order by _file nulls last, id nulls last"
    )
    rows = typed(engine.inspect(sql), _Coded)
    hidden = {r.coder for r in rows if not r.public}
    return [
        Problem(
            Place(rows[0]._file),
            got=f"{_pair(s, hidden)}, over {counted(s.shared, 'statement')}",
            expected="one scale for all: -2 hostile to +2 warm",
            fix="Ask which coder reversed it, and change the signs of that coder's rows.",
            slug="coders-swapped",
        )
        for s in swapped(_coded(rows))
        if s.shared >= ENOUGH_SHARED
    ]
