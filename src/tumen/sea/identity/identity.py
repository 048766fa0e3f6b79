"""Ships that are not who they say: numbers that cannot be, two at a time, changes near a silence, names on a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tumen.engine.forms import column_types
from tumen.engine.queries import Engine, query
from tumen.sea.detecting import SeaDetector
from tumen.sea.gaps.gaps import find_gaps
from tumen.sea.sea_levers import GapLevers, IdentityLevers
from tumen.vessels.listed import Vessel, put_alike, put_known, put_mids
from tumen.vessels.ship_names import make_ships, put_meant_names

_ROOM = "tumen.sea.identity"

#: Tables made on the way, which nobody needs afterwards.
_ON_THE_WAY = (
    "gaps",
    "identity_words",
    "identity_pairs",
    "identity_changes",
    "identity_numbers",
    "identity_digits",
    "identity_same",
    "identity_alike",
    "known_vessels",
    "mids",
    "ships",
)


@dataclass(frozen=True)
class IdentityDoubt:
    """One row of identity.sql: what does not fit in what a ship says of herself; see `find_identity`."""

    kind: str
    mmsi: int
    name: str | None
    imo: int | None
    word: str | None
    other: str | None
    start: dt.datetime
    end: dt.datetime
    gap_h: float | None
    score: float | None
    listed: str | None
    lon: float | None
    lat: float | None


def find_identity(engine: Engine, levers: IdentityLevers = IdentityLevers(), known: Sequence[Vessel] = ()) -> None:
    """Make the table `identity`: what does not fit in what ships say of themselves, and whom on a list they may be.

    Args:
        engine: holds `positions` and `ports`.
        known: vessels to look for, such as those that a sanctions committee designated, and others whose flag is known.

    Returns: nothing; `identity` has one row a finding: kind, mmsi, name and imo as that MMSI says most often, word and
        other (see below), start and end (UTC), gap_h, score, listed (the known vessel's id), and lon and lat where the
        MMSI was last heard. The kinds:

        - `imo-check`: the IMO number `word` is none; its last digit would have to be `other`.
        - `two-names`, `two-imos`: the MMSI said both `word` and `other` between start and end.
        - `two-mmsis`: one IMO number was said under both MMSIs between start and end.
        - `name-change`, `imo-change`, `mmsi-change`: `word` was last said at start and `other` first at end, within
          `gap_days` of a silence of `gap_h` hours.
        - `mid`: the MMSI's country digits `word` are no territory's, or the number has no form of which a standard
          speaks.
        - `listed-imo`, `listed-mmsi`: the number `word` is that of a listed vessel, called `other`; score 100.
        - `listed-name`: the name `word` is `score` of 100 like the listed name `other`; see `tumen.vessels.likeness`. A
          likeness is no proof: names are common. One of the IMO numbers is not known; or both are and differ, and the
          names are the same.
        - `flag`: the MMSI begins with the country digits of `word`; the known vessel of that IMO number or MMSI has
          the flag of `other`.

    Source: IMO resolution A.1117(30) for the check digit; ITU-R M.585-9 for the forms of an MMSI, and the Table of
        Maritime Identification Digits of the International Telecommunication Union for whose the digits are.
    Limits: Words are compared with the next that is first said, so of three at a time two pairs are told. A ship that
        takes a name back has said both at a time. Whether a change was announced is not known here. A territory's
        digits are its own, and not those of the state that it belongs to. Of simulated positions no `mid` is told.
    """
    put_meant_names(engine)
    engine.create("identity_words", query(_ROOM, "identity_words"), least_messages=levers.least_messages)
    engine.drop("meant_names")
    engine.create("identity_pairs", query(_ROOM, "identity_pairs"))
    engine.create("identity_numbers", query(_ROOM, "identity_numbers"))
    find_gaps(engine, GapLevers(min_gap_h=levers.min_gap_h))
    engine.create(
        "identity_changes", query(_ROOM, "identity_changes"), gap_days=levers.gap_days, min_gap_h=levers.min_gap_h
    )
    put_known(engine, known)
    put_mids(engine)
    engine.create("identity_digits", query(_ROOM, "identity_digits"), least_messages=levers.least_messages)
    engine.create("identity_same", query(_ROOM, "identity_same"))
    put_alike(engine, known, levers.least_score)
    make_ships(engine)
    engine.create("identity", query(_ROOM, "identity"))
    for table in _ON_THE_WAY:
        engine.drop(table)


def identity(levers: IdentityLevers = IdentityLevers(), known: Sequence[Vessel] = ()) -> SeaDetector:
    """The detector, for `tumen.sea.detecting`."""
    return SeaDetector(
        "identity",
        ("identity finding", "identity findings"),
        levers,
        lambda engine: find_identity(engine, levers, known),
        tuple(column_types(IdentityDoubt)),
        ("start", "mmsi", "kind", "word", "other", "listed"),
        ports="unused",
    )
