"""Worlds of officials' words: what was said, on which day, in which briefing, and what a record holds of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from benchmarks.calibration.own_model import TRUE
from benchmarks.calibration.trade import autoregressive
from benchmarks.calibration.worlds import OWN, Rng, Row, Scene, World, day, numbered

PERIOD = (day(0), day(2000))

TOPICS: Sequence[Row] = (
    {"id": "tie", "label": "the tie", "source": "coding"},
    {"id": "other", "label": "another topic", "source": "coding"},
)

RETICENT, FIRM = ("non-answer", "neutral", "deny-knowledge"), ("oppose", "endorse")


def remark(when: dt.date, kind: str, stance: int = 0, topic: str = "tie", source: str = "") -> Row:
    """A row of the table statements; each day's briefing is a source of its own."""
    return {
        "date": when,
        "date_precision": "day",
        "speaker": "spokesperson",
        "actor": "AAA",
        "topic": topic,
        "stance": stance,
        "kind": kind,
        "source": source or f"briefing of {when}",
    }


def _told_apart(rows: Sequence[Row]) -> list[Row]:
    """Each row a remark of its own, also where a day has several."""
    return [{**row, "remark": f"m{n}"} for n, row in enumerate(rows)]


def _world(truth: float, rows: Sequence[Row], events: Sequence[Row] = (), seen: float = 1.0, **arguments: Any) -> World:
    """A world of words; where all of them are seen, the record says so."""
    tables: Mapping[str, Sequence[Row]] = {
        "statements": numbered("s", _told_apart(rows)),
        "topics": TOPICS,
        "events": numbered("e", events),
    }
    about = {"actor": "AAA", "topics": ("tie",), "period": PERIOD}
    whole = ("statements", "events") if seen == 1 else ()
    return World(truth, tables, about | arguments, as_of=day(2000), whole=whole)


def share(measure: str, briefings: int, each: int, kept: float, noted: float, rng: Rng) -> World:
    """The share of remarks that take no position.

    Args:
        briefings: how many.
        each: most remarks in one.
        kept: chance that a remark of a briefing is of the kind of its first.
        noted: chance that a remark that takes no position is in the record; all others are.
    """
    chance = rng.uniform(0.1, 0.9)
    rows = []
    for n in range(briefings):
        first = rng.random() < chance
        for _ in range(rng.integers(1, each + 1)):
            shy = first if rng.random() < kept else rng.random() < chance
            if not shy or rng.random() < noted:
                rows.append(remark(day(10 * n), str(rng.choice(RETICENT if shy else FIRM))))
    kinds: dict[str, Any] = {} if measure == "stance.reticence" else {"kinds": RETICENT}
    return _world(float(chance), rows, seen=noted, **kinds)


def remarks(together: bool, seen: float, rng: Rng) -> World:
    """How many remarks were made, of those that sources report and of those that nobody does.

    Args:
        together: whether reports are true or false all at once.
        seen: chance that a remark that was made is reported at all.
    """
    reported = int(rng.integers(5, 40))
    mood = rng.random()
    real = sum((mood if together else rng.random()) < TRUE for _ in range(reported))
    unseen = int(rng.poisson(reported * (1 - seen) / seen))
    rows = [remark(day(10 * n), "oppose") for n in range(reported)]
    return _world(float(real + unseen), rows, seen=seen, kinds=("oppose",))


def salience(each: int, seen: float, rng: Rng) -> World:
    """How often one topic is spoken of for each time of another.

    Args:
        each: most remarks in one briefing.
        seen: share of the remarks under the other topic that the record holds.
    """
    truth = float(np.exp(rng.uniform(-1, 1)))
    mean = (1 + each) / 2
    rows: list[Row] = []
    for topic, rate in (("tie", 25 * truth**0.5), ("other", 25 / truth**0.5)):
        held = rate * (seen if topic == "other" else 1.0)
        for _ in range(rng.poisson(held / mean)):
            when = day(int(rng.integers(0, 2000)))
            count = int(rng.integers(1, each + 1))
            rows += [remark(when, "neutral", topic=topic) for _ in range(count)]
    return _world(truth, rows, seen=seen, reference=("other",))


def gap(words: float, deeds: float, memory: float, shared: float, rng: Rng) -> World:
    """How much warmer words are than deeds, over sixty months.

    Args:
        words, deeds: how many there are in a month, on average.
        memory: how much of a month's mood stays to the next.
        shared: part of the variance of words and deeds that is the month's mood.
    """
    moods = np.stack([autoregressive(60, memory, rng) for _ in range(2)])
    lean = rng.uniform(-0.8, 0.8, 2)
    values: dict[str, list[tuple[dt.date, int]]] = {"words": [], "deeds": []}
    for side, rate in enumerate((words, deeds)):
        for month in range(60):
            for _ in range(rng.poisson(rate)):
                x = lean[side] + np.sqrt(shared) * moods[side, month] + np.sqrt(1 - shared) * rng.standard_normal()
                when = dt.date(2020 + month // 12, month % 12 + 1, int(rng.integers(1, 29)))
                values["deeds" if side else "words"].append((when, int(_sorted_into(x, side))))
    said = [remark(when, "neutral", stance) for when, stance in values["words"]]
    done = [event(when, sign, "visit") for when, sign in values["deeds"]]
    return _world(_true_gap(lean.tolist(), words, deeds), said, done, target="BBB")


#: Where a normal variate is cut into stances from -2 to 2, and into signs from -1 to 1.
CUTS = (np.array([-1.2, -0.4, 0.4, 1.2]), np.array([-0.6, 0.6]))


def _sorted_into(x: float, side: int) -> int:
    return int(np.searchsorted(CUTS[side], x)) - (1 if side else 2)


def _true_gap(lean: Sequence[float], words: float, deeds: float) -> float:
    """The gap of the two distributions from which words and deeds are drawn, pooled as often as they occur."""
    from scipy.stats import norm

    means, spreads = [], []
    for side in (0, 1):
        edges = np.concatenate([[-np.inf], CUTS[side], [np.inf]])
        weights = np.diff(norm.cdf(edges - lean[side]))
        values = np.array([-1.0, 0.0, 1.0] if side else [-1.0, -0.5, 0.0, 0.5, 1.0])
        means.append(float(weights @ values))
        spreads.append(float(weights @ values**2 - means[-1] ** 2))
    pooled = (words * spreads[0] + deeds * spreads[1]) / (words + deeds)
    return float((means[0] - means[1]) / pooled**0.5)


def event(when: dt.date, sign: int, kind: str) -> Row:
    """A row of the table events, of AAA toward BBB."""
    return {
        "date": when,
        "date_precision": "day",
        "source_actor": "AAA",
        "target_actor": "BBB",
        "kind": kind,
        "description": "something happened",
        "sign": sign,
        "certainty": "high",
        "source": "chronology",
    }


def delay(bursts: bool, seen: float, rng: Rng) -> World:
    """The median of days until a remark, after forty events that lie far apart.

    Args:
        bursts: whether events come in fours that are answered alike.
        seen: chance that a remark is in the record.
    """
    mean = rng.uniform(3, 15)
    rows, events = [], []
    for n in range(40):
        begin = day(45 * n)
        events.append(event(begin, 0, "test"))
        if not bursts or n % 4 == 0:
            wait = rng.exponential(mean)
        if rng.random() < seen:
            rows.append(remark(begin + dt.timedelta(int(wait)), "neutral"))
    truth = float(np.floor(np.log(2) * mean))  # half of all waits end by then, counted in whole days
    return replace(_world(truth, rows, events, seen, kinds=("test",)), options={"horizon_days": 44})


CLUSTERED = "clustered remarks: up to five in a briefing, four in five as its first"
UNNOTED = "half of the remarks that take no position unseen"

SCENES: tuple[Scene, ...] = (
    *(
        Scene(measure, name, partial(share, measure, *made), name != OWN)
        for measure in ("stance.share", "stance.reticence")
        for name, made in ((OWN, (40, 1, 1.0, 1.0)), (CLUSTERED, (25, 5, 0.8, 1.0)), (UNNOTED, (60, 1, 1.0, 0.5)))
    ),
    Scene("stance.remarks", OWN, partial(remarks, False, 1.0), False),
    Scene("stance.remarks", "clustered remarks: reports are true or false all together", partial(remarks, True, 1.0)),
    Scene("stance.remarks", "half of the remarks unseen", partial(remarks, False, 0.5), at_least=True),
    Scene("salience.ratio", OWN, partial(salience, 1, 1.0), False, logs=True),
    Scene("salience.ratio", "clustered remarks: up to five in a briefing", partial(salience, 5, 1.0), logs=True),
    Scene("salience.ratio", "half of one topic unseen", partial(salience, 1, 0.5), logs=True),
    Scene("stance.gap", OWN, partial(gap, 1.0, 1.0, 0.0, 0.0), False),
    Scene(
        "stance.gap",
        "clustered remarks: a third of the variance is the month's mood",
        partial(gap, 1.0, 1.0, 0.0, 0.33),
    ),
    Scene("stance.gap", "memory of 0.6 in months, a third of the variance", partial(gap, 1.0, 1.0, 0.6, 0.33)),
    Scene("stance.gap", "some three words and four deeds", partial(gap, 0.06, 0.08, 0.0, 0.0)),
    Scene("stance.delay", OWN, partial(delay, False, 1.0), False),
    Scene("stance.delay", "bursts of four events, answered alike", partial(delay, True, 1.0)),
    Scene("stance.delay", "half of the remarks unseen", partial(delay, False, 0.5)),
)
