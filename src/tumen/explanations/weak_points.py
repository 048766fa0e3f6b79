"""Where rival explanations are weaker than they look: what a reader should doubt, as warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tumen.case.model import Claim
from tumen.errors import Place, Problem
from tumen.explanations.declared import FILE, Hypotheses
from tumen.explanations.hypotheses_file import check, dated_by, declared_in, known_by
from tumen.explanations.likelihood import Item, items_of
from tumen.explanations.posterior import PosteriorArguments, PosteriorOptions, sides_in
from tumen.explanations.sides import Sides, Weighing, evened, sides_of
from tumen.judge.binding import BoundClaim
from tumen.judge.likelihood_words import Outcome, outcome
from tumen.kind import Checked
from tumen.measure.setting import Setting

#: An item fits an explanation under which it is at least so probable: likely, in the words of ICD 203.
FITS_FROM = 0.55

#: Draws by which sides are tried, which tells an outcome; and the most cells of a matrix of which they are.
_TRIED, _MOST_CELLS = 20, 20_000


def check_weak_points(checked: Checked) -> list[Problem]:
    """What a reader should doubt of the rival explanations, as they were known by the case's day."""
    whole = declared_in(checked.case)
    if whole is None or not checked.sound or _broken(whole, checked):
        return []
    found, _ = known_by(whole, checked.record, checked.case.header.as_of)
    items = items_of(found, checked.record.sources, {})
    problems = [*_nothing_against(found, items), *_fits_both(found, items), *_scored_alone(items)]
    if len(items) * len(found.ids) <= _MOST_CELLS:
        setting = Setting(_TRIED, checked.case.header.seed)
        problems += [p for one in checked.bound for p in _one_word(one, found, items, setting)]
    return problems


def _broken(found: Hypotheses, checked: Checked) -> bool:
    """Whether something is wrong with the explanations, which is said elsewhere."""
    return bool(check(found, checked.case.claims)) or not dated_by(found) <= set(checked.whole.sources)


def _nothing_against(found: Hypotheses, items: Sequence[Item]) -> Iterator[Problem]:
    for n, one in enumerate(found.hypotheses):
        if items and not any(item.against[n] for item in items):
            yield Problem(
                Place(FILE, one.line("id")),
                got=f"nothing that speaks against '{one.id}'",
                expected="an item that is unlikely if it is true",
                fix="Ask what it rules out, and look for that; what rules nothing out fits everything.",
                slug="nothing-against",
                severity="warning",
            )


def _fits_both(found: Hypotheses, items: Sequence[Item]) -> Iterator[Problem]:
    """Explanations under which two contrary observations are both likely."""
    fits = {item.evidence.id: item.low >= FITS_FROM for item in items}
    told: set[frozenset[str]] = set()
    for item in items:
        for other in item.evidence.contrary:
            pair = frozenset((item.evidence.id, other))
            if other not in fits or pair in told:
                continue
            told.add(pair)
            for name in np.array(found.ids)[fits[item.evidence.id] & fits[other]]:
                yield Problem(
                    Place(FILE, item.evidence.line("contrary")),
                    got=f"'{name}' fits both '{item.evidence.id}' and '{other}', which are contrary",
                    expected="an explanation that fits one of them at most",
                    fix="Say what it leads one to expect before looking, or split it in two.",
                    slug="fits-both",
                    severity="warning",
                )


def _scored_alone(items: Sequence[Item]) -> Iterator[Problem]:
    """Items that no coder considered for two explanations."""
    for item in items:
        if all((~np.isnan(s.low)).sum() < 2 for s in item.scorings):
            yield Problem(
                Place(FILE, item.evidence.line("id")),
                got=f"'{item.evidence.id}' scored for one explanation alone",
                expected="a score for two at least",
                fix="Score the others; 0 says that it is as likely as not. Without a score, it was not considered.",
                slug="scored-alone",
                severity="warning",
            )


@dataclass(frozen=True)
class _Way:
    """A way to count as it is tried: the evidence on all explanations, and which are on either side."""

    whole: Sides
    options: PosteriorOptions
    favours: frozenset[str]
    against: frozenset[str]

    def outcome(self, ids: Sequence[str]) -> Outcome:
        """Supported, contradicted or neither."""
        rows = [ids.index(name) for side in (self.favours, self.against) for name in sorted(side)]
        before = self.whole.before[rows]
        if self.options.priors == "sides":
            before = evened(before, len(self.favours))
        sides = replace(self.whole, before=before, added=self.whole.added[:, :, rows], favoured=len(self.favours))
        return outcome(float(sides.share().mean()))

    def placed(self, name: str, where: str) -> _Way:
        """The same with one explanation elsewhere."""
        favours, against = (side - {name} | ({name} if where == at else set()) for side, at in self._sides())
        return replace(self, favours=frozenset(favours), against=frozenset(against))

    def _sides(self) -> tuple[tuple[frozenset[str], str], ...]:
        return ((self.favours, _FAVOURED), (self.against, _AGAINST))

    def stands(self, name: str) -> str:
        """Where an explanation stands."""
        return next((at for side, at in self._sides() if name in side), _NEITHER)


_FAVOURED, _AGAINST, _NEITHER = "on the favoured side", "on the other side", "on neither side"


def _one_word(one: BoundClaim, found: Hypotheses, items: Sequence[Item], setting: Setting) -> list[Problem]:
    """A claim whose outcome turns where a single explanation stands elsewhere.

    Explanations that the ways to count place differently are decisions already. Claims that evidence rests on are
    silent here: they have not been measured yet.
    """
    ways = _ways(one, found, items, setting)
    if not ways:
        return []
    now, turns = _together(ways, found.ids), []
    for name in found.ids:
        stands = {way.stands(name) for way in ways}
        for where in (_FAVOURED, _NEITHER, _AGAINST) if len(stands) == 1 else ():
            moved = [way.placed(name, where) for way in ways]
            if where in stands or not all(way.favours and way.against for way in moved):
                continue
            then = _together(moved, found.ids)
            turns += [f"'{name}' {where}: {then}"] if then != now else []
    return [_decided(one.claim, now, turns)] if turns else []


def _ways(one: BoundClaim, found: Hypotheses, items: Sequence[Item], setting: Setting) -> list[_Way]:
    """The ways to count of a claim; none where it names explanations that are not there."""
    if not isinstance(one.arguments, PosteriorArguments):
        return []
    wholes: Mapping[Weighing, Sides] = {}
    ways = []
    for choice in one.choices:
        options: PosteriorOptions = choice.options
        favours, against = map(frozenset, sides_in(one.arguments, options))
        if not favours | against <= set(found.ids) or favours & against:
            return []
        if options.weighing not in wholes:
            wholes = {**wholes, options.weighing: sides_of(found, items, found.ids, (), options.weighing, setting)}
        ways.append(_Way(wholes[options.weighing], options, favours, against))
    return ways


def _together(ways: Sequence[_Way], ids: Sequence[str]) -> str:
    """The outcome of all ways to count; that it depends where they do not agree on one."""
    found = {way.outcome(ids) for way in ways}
    return found.pop() if len(found) == 1 else "depends on the way to count"


def _decided(claim: Claim, now: str, turns: Sequence[str]) -> Problem:
    return Problem(
        Place(claim.file, claim.line("arguments")),
        got=f"claim '{claim.id}' ({now}), which one explanation placed elsewhere would turn: {'; '.join(turns)}",
        expected="a verdict that no single explanation decides",
        fix="Say in the claim why it stands where it does, or give `favours` or `against` as ways to count.",
        slug="one-explanation-decides",
        severity="warning",
    )
