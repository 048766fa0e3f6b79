"""What messages say: where a ship is, and who she is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tumen.ais.sentences.armour import Payloads
from tumen.ais.sentences.byte_runs import Flags
from tumen.ais.sentences.message_parts import Messages
from tumen.ais.sentences.sentence_lines import SentenceColumns

#: The kinds of messages that there are.
_LAST_KIND = 28

#: A long-range message has this speed where it has none, knots.
_LONG_RANGE_NO_SPEED = 63

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SaidPositions(SentenceColumns):
    """Positions of ships as they were sent; NaN where a message breaks off before a field's end."""

    mmsi: NDArray[np.int64]
    time_us: NDArray[np.int64]
    lon: Numbers
    lat: Numbers
    speed_kn: Numbers
    course_deg: Numbers
    heading_deg: Numbers
    station: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SaidStatics(SentenceColumns):
    """What ships say of themselves, in the order in which it came; 0 and spaces where they say nothing.

    Args:
        part: which message it is of; one of another kind leaves out other fields.
    """

    mmsi: NDArray[np.int64]
    time_us: NDArray[np.int64]
    station: NDArray[np.int64]
    part: NDArray[np.int64]
    name: NDArray[np.bytes_]
    imo: NDArray[np.int64]
    ship_type: NDArray[np.int64]
    draught_m: Numbers
    order: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ShipSaid:
    """All that messages say.

    Args:
        others: messages that are no ship's position and no ship's account of itself.
        cut: messages that break off before the position or the ship's number ends.
        unknown: messages of no kind that there is.
    """

    positions: SaidPositions
    statics: SaidStatics
    static_messages: int
    others: int
    cut: int
    unknown: int


#: Bits where speed, longitude, latitude, course and heading begin, of messages 1 to 3 and of 18 and 19.
_CLASS_A = {"speed": 50, "lon": 61, "lat": 89, "course": 116, "heading": 128}
_CLASS_B = {"speed": 46, "lon": 57, "lat": 85, "course": 112, "heading": 124}


def said_in(messages: Messages) -> ShipSaid:
    """Read messages of the kinds 1, 2, 3, 18, 19 and 27 (positions) and 5, 19 and 24 (static data).

    Source: ITU-R M.1371-5, annex 8.
    """
    kind = messages.payloads.number(0, 6)
    named = messages.payloads.has(0, 38)
    class_a, class_b, long_range = (kind >= 1) & (kind <= 3), (kind == 18) | (kind == 19), kind == 27
    located = class_a & messages.payloads.has(89, 27)
    located |= (class_b & messages.payloads.has(85, 27)) | (long_range & messages.payloads.has(62, 17))
    part = messages.payloads.number(38, 2)
    static = (kind == 5) | ((kind == 24) & (part < 2))
    about = class_a | class_b | long_range | static
    unknown = (kind > _LAST_KIND) | ((kind == 24) & (part > 1)) | (messages.payloads.bits < 6)
    cut = ~unknown & ((about & ~named) | ((class_a | class_b | long_range) & ~located))
    return ShipSaid(
        _positions(messages, [class_a & located, class_b & located, long_range & located]),
        _statics(messages, kind, (static & named) | ((kind == 19) & located)),
        int((static & named & ~unknown).sum()),
        int((~about & ~unknown).sum()),
        int(cut.sum()),
        int(unknown.sum()),
    )


def _positions(messages: Messages, layouts: list[Flags]) -> SaidPositions:
    found = [
        _located(messages, layouts[0], _CLASS_A),
        _located(messages, layouts[1], _CLASS_B),
        _long_range(messages, layouts[2]),
    ]
    return SaidPositions(*(np.concatenate([getattr(one, f.name) for one in found]) for f in fields(SaidPositions)))


def _located(messages: Messages, which: Flags, bits: Mapping[str, int]) -> SaidPositions:
    payloads = messages.payloads.of(which)
    return SaidPositions(
        payloads.number(8, 30),
        messages.time_us[which],
        _degrees(payloads.signed(bits["lon"], 28), 1),
        _degrees(payloads.signed(bits["lat"], 27), 1),
        _told(payloads, bits["speed"], 10) / 10,
        _told(payloads, bits["course"], 12) / 10,
        _told(payloads, bits["heading"], 9),
        messages.station[which],
    )


def _long_range(messages: Messages, which: Flags) -> SaidPositions:
    payloads = messages.payloads.of(which)
    speed = _told(payloads, 79, 6)
    speed[speed == _LONG_RANGE_NO_SPEED] = np.nan
    return SaidPositions(
        payloads.number(8, 30),
        messages.time_us[which],
        _degrees(payloads.signed(44, 18), 1000),
        _degrees(payloads.signed(62, 17), 1000),
        speed,
        _told(payloads, 85, 9),
        np.full(len(speed), np.nan),
        messages.station[which],
    )


def _degrees(units: NDArray[np.int64], scale: int) -> Numbers:
    """Ten-thousandths of a minute, or `scale` times as much, as degrees, to the sixth decimal."""
    return ((10 * scale * units + 3) // 6) / 1e6


def _told(payloads: Payloads, start: int, width: int) -> Numbers:
    """A number; NaN where the message breaks off within it or before."""
    return np.where(payloads.has(start, width), payloads.number(start, width).astype(np.float64), np.nan)


def _statics(messages: Messages, kind: NDArray[np.int64], which: Flags) -> SaidStatics:
    payloads, kind = messages.payloads.of(which), kind[which]
    second = (kind == 24) & (payloads.number(38, 2) == 1)
    voyage, part_a, extended = kind == 5, (kind == 24) & ~second, kind == 19
    name = np.full(kind.size, b"", dtype="S20")
    for those, start in ((voyage, 112), (part_a, 40), (extended, 143)):
        those = those & payloads.has(start, 120)
        name[those] = payloads.of(those).letters(start, 20)
    types = [(voyage, 232), (second, 40), (extended, 263)]
    return SaidStatics(
        payloads.number(8, 30),
        messages.time_us[which],
        messages.station[which],
        kind * 2 + second,
        name,
        np.where(voyage & payloads.has(40, 30), payloads.number(40, 30), 0),
        np.sum([np.where(those & payloads.has(at, 8), payloads.number(at, 8), 0) for those, at in types], axis=0),
        np.where(voyage & payloads.has(294, 8), payloads.number(294, 8), 0) / 10,
        messages.order[which],
    )
