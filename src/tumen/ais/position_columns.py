"""Which of a table's columns hold what of a position: the names that publishers give them, and those a user tells."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

#: The columns of a position as they are read, all still text, and the names that publishers give them, letters and
#: figures only, the most certain first: of two in one file that mean the same, the one that stands first here is read.
#: docs/vessel-positions.md says whose they are.
NAMES: Mapping[str, tuple[str, ...]] = {
    ours: tuple(names.split())
    for ours, names in {
        "mmsi": "mmsi sourcemmsi mmsinumber vesselmmsi shipmmsi ssvid userid maritimemobileserviceidentity",
        "t": "t timestampexternal timestamputc basedatetime datetime datetimeutc dtposutc msgtime positiontimestamp "
        "tstamp rxuxtime timestamp rxtime receivedat epoch unixtime postime positiontime lastposepoch datetimestamp "
        "movementdatetime acquisitiontime eventtime",
        "day": "date day timestampdate posdate",
        "clock": "time timeofday clock timestamptime",
        "lon": "lon longitude lng long positionlongitude poslon londeg longitudedegrees lastposlon londd",
        "lat": "lat latitude positionlatitude poslat latdeg latitudedegrees lastposlat latdd",
        "geometry": "geometry geom thegeom wkt wkb wkbgeometry point geopoint",
        "speed_kn": "speedkn sog speedoverground sogknots speedknots speedkts sogkn speed lastposspeed",
        "course_deg": "coursedeg cog courseoverground course cogdeg",
        "heading_deg": "headingdeg trueheading heading hdg trueheadingdeg lastposangle",
        "ship_type": "shiptype aisshiptype shipandcargotype vesseltypecode shiptypecode typeofshipandcargo vesseltype "
        "aisvesseltype vtype",
        "name": "name vesselname shipname nameofship vslname vessel",
        "imo": "imo imonumber imonr imono vesselimo shipimo lrimoshipno imoid",
        "draught_m": "draughtm draught draft maximumstaticdraught currentdraught draughtmetres maxdraught",
        "receiver": "receiver receiverid stationid",
        "mobile": "typeofmobile mobile",
    }.items()
}

#: Names under which the time also stands, where no column of `NAMES` holds it.
_LONE_TIME = ("clock", "day")

#: What AIS files hold besides, and no detector asks for.
_OF_NO_USE = frozenset(
    word
    for line in (
        "callsign callsgn status navstat navstatus navigationalstatus navigationstatus statustext rot rateofturn",
        "turn cargo cargotype width beam length loa a b c d transceiverclass transceiver aisclass class eta",
        "datasourcetype datasource source dsrc src flag positionaccuracy accuracy raim maneuver manoeuvre msgtype",
        "messagetype messageid messagenr typeofpositionfixingdevice epfd dimensiontobow dimensiontostern",
        "dimensiontoport dimensiontostarboard tobow tostern toport tostarboard dima dimb dimc dimd second radio",
        "repeat repeatindicator collectiontype createdat updatedat flagcountry flagcode shipid vesselid",
        "elapsed channel trackid segid dest destination",
    )
    for word in line.split()
)

#: Units that may stand behind a name; another unit makes another column of it.
_UNITS = re.compile(
    r"[(\[]\s*(utc|gmt|z|kn|knots?|kts|deg|degrees?|°|m|met(?:er|re)s?|dd|wgs ?84|epoch)\s*[)\]]", re.IGNORECASE
)


@dataclass(frozen=True)
class ColumnsRead:
    """Which columns of a file were read, and which were not.

    Args:
        shown: the file as the user named it.
        read: our name for a column, and the file's own.
        left: the file's own names for those that were not read.
    """

    shown: str
    read: tuple[tuple[str, str], ...]
    left: tuple[str, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Of those not read the ones that are no usual column of AIS."""
        return tuple(name for name in self.left if name and not _keys(name) & _OF_NO_USE)


def columns_read(shown: str, header: Sequence[str], columns: Sequence[str | None]) -> ColumnsRead:
    """Which of a table's columns are read, by what `chosen_columns` says of them."""
    pairs = list(zip(columns, header, strict=True))
    return ColumnsRead(
        shown,
        tuple((ours, theirs) for ours, theirs in pairs if ours),
        tuple(theirs for ours, theirs in pairs if not ours),
    )


def chosen_columns(header: Sequence[str], told: Mapping[str, str] | None = None) -> tuple[str | None, ...]:
    """What of a position each column of a table holds; None for one that is not read.

    Args:
        header: the table's own names.
        told: our name for a column and the file's, as a user says; it goes before all that is known.

    Example:
        >>> chosen_columns(("# Timestamp", "MMSI", "LAT", "Speed (km/h)", "SOG", "Long", "DATE"))
        ('t', 'mmsi', 'lat', None, 'speed_kn', 'lon', None)
        >>> chosen_columns(("MMSI", "DATE", "TIME (UTC)", "Seen"), {"t": "seen"})
        ('mmsi', None, None, 't')
    """
    held: dict[str, int] = {}
    for ours, theirs in (told or {}).items():
        if (place := _place_of(theirs, header)) is not None:
            held[ours] = place
    keys = [_keys(cell) for cell in header]
    for ours, names in NAMES.items():
        if ours not in held and (place := _first(names, keys, held.values())) is not None:
            held[ours] = place
    return _placed(_with_time(held, keys), len(header))


def _with_time(held: dict[str, int], keys: Sequence[Collection[str]]) -> dict[str, int]:
    """The columns with one way to say the time; and a type of ship where the publisher is one who names it so."""
    if "t" in held:
        held = {ours: place for ours, place in held.items() if ours not in _LONE_TIME}
    elif len(lone := [name for name in _LONE_TIME if name in held]) == 1:
        held["t"] = held.pop(lone[0])
    if "ship_type" not in held and any("navstat" in of for of in keys):
        place = _first(("type",), keys, held.values())
        held |= {} if place is None else {"ship_type": place}
    return held


def _placed(held: Mapping[str, int], width: int) -> tuple[str | None, ...]:
    by_place = {place: ours for ours, place in held.items()}
    return tuple(by_place.get(place) for place in range(width))


def _place_of(name: str, header: Sequence[str]) -> int | None:
    """Where a column of that name is, in capital or small letters."""
    plain = [cell.strip().lower() for cell in header]
    return plain.index(name.strip().lower()) if name.strip().lower() in plain else None


def _first(names: Sequence[str], keys: Sequence[Collection[str]], taken: Collection[int]) -> int | None:
    """Where the first of some names stands first, among columns that are not taken."""
    return next((place for name in names for place, of in enumerate(keys) if name in of and place not in taken), None)


def _keys(cell: str) -> frozenset[str]:
    """What a header's cell may be looked up by: its letters and figures, with and without what stands before its last
    point and a zone behind it.
    """
    plain = _UNITS.sub("", cell).lower()
    whole = _letters(plain)
    return frozenset(
        name.removesuffix(zone) for name in (whole, _letters(plain.rpartition(".")[2])) for zone in ("", "utc", "gmt")
    )


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def is_in_tenths(header: Sequence[str]) -> bool:
    """Whether a table is one in which a publisher gives whole tenths of a knot and of a metre.

    Source: MarineTraffic's API services, which return SPEED as knots x10.
    """
    cells = {cell.strip() for cell in header}
    return {"SPEED", "LAT", "LON"} <= cells and not cells.isdisjoint({"SHIP_ID", "SHIPNAME", "STATUS", "DSRC"})
