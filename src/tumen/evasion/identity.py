"""What does not fit in what ships say of themselves: IMO numbers that cannot be, or that two transmitters send."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from tumen.evasion.detecting import Detector
from tumen.queries import Engine, query

_ROOM = "tumen.evasion"

_ON_THE_WAY = ("identity_spans", "identity_imos", "identity_changes", "ships")

COLUMNS = (
    "mmsi", "mmsi_2", "imo", "imo_2", "name", "name_2", "kind", "start", "end", "messages", "messages_2", "lon", "lat",
)  # fmt: skip


@dataclass(frozen=True)
class IdentityLevers:
    """What counts as a change of identity.

    Args:
        min_gap_h: the shortest silence between two MMSIs of one ship at which it is told of.
    """

    min_gap_h: float = 12.0


def find_identity(engine: Engine, levers: IdentityLevers = IdentityLevers()) -> None:
    """Make the table `identity`: what does not fit in the numbers that ships send.

    The kinds: `imo-invalid`, an IMO number whose check digit is wrong. `imo-on-two-mmsis`, one IMO number sent under
    two MMSIs, and `two-imos`, two sent under one, each between the first and the last of the other. `mmsi-changed`,
    one IMO number under another MMSI after a silence, and never again under the first.

    Args:
        engine: holds `positions`.

    Returns: nothing; `identity` has one row a finding: mmsi and name as it says most often, mmsi_2 and name_2 of the
        other, imo and imo_2, kind, start and end (UTC: the time both were said, or the silence), how many messages
        say so, and lon and lat, the last place of the MMSI by the start. What does not concern a kind is null.

    Source: International Maritime Organization, IMO Ship Identification Number Scheme, resolution A.1117(30), for the number.
    Limits: A wrong number is as often a slip of a hand as a disguise. Numbers that pass the check need not exist.
        A ship that took an old number again is found as if it had sent both at a time.
    """
    for name in ("ships", "identity_spans", "identity_imos"):
        engine.create(name, query(_ROOM, name))
    engine.create("identity_changes", query(_ROOM, "identity_changes"), **asdict(levers))
    engine.create("identity", query(_ROOM, "identity"))
    for table in _ON_THE_WAY:
        engine.drop(table)


def identity(levers: IdentityLevers = IdentityLevers()) -> Detector:
    """The detector, for `tumen.evasion.detecting`."""
    return Detector("identity", levers, lambda engine: find_identity(engine, levers), COLUMNS,
                    ("start", "mmsi", "kind", "imo", "imo_2", "mmsi_2"), ports="unused")  # fmt: skip
