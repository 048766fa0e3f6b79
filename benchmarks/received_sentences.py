"""A file of sentences as a receiver writes them, by PyAIS's own encoder, and what PyAIS itself makes of it."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from pyais import encode_dict

#: Messages of each kind in a thousand, as a coastal receiver hears them.
_KINDS = {1: 620, 3: 200, 18: 90, 5: 50, 24: 40}

_SHIPS = 5_000
_STATIONS = 20
_BEGIN_S = 1_710_028_800


def write_sentences(path: Path, messages: int, seed: int = 1) -> int:
    """Write so many messages of invented ships, each with its tag block; returns the sentences."""
    random_ = random.Random(seed)
    kinds, weights = list(_KINDS), list(_KINDS.values())
    sentences = 0
    with path.open("w", encoding="ascii", newline="\n") as stream:
        for n in range(messages):
            (kind,) = random_.choices(kinds, weights)
            said = _said(random_, kind, 201_000_000 + random_.randrange(_SHIPS) * 97)
            lines = encode_dict(said, talker_id="AI", radio_channel=random_.choice("AB"), seq_id=n % 10)
            station, second = random_.randrange(_STATIONS), _BEGIN_S + n // 200
            for line in lines:
                stream.write(f"{_tag(f's:rST{station:03},c:{second}')}{line}\n")
            sentences += len(lines)
    return sentences


def _said(random_: random.Random, kind: int, mmsi: int) -> dict[str, object]:
    said: dict[str, object] = {"msg_type": kind, "mmsi": mmsi}
    if kind == 5:
        return {
            **said,
            "shipname": f"SHIP {mmsi % 9973}",
            "imo": 9_000_000 + mmsi % 900_000,
            "ship_type": 70,
            "draught": 7.5,
        }
    if kind == 24:
        return {**said, "partno": 0, "shipname": f"BOAT {mmsi % 9973}"}
    place = {"lon": random_.uniform(-30, 30), "lat": random_.uniform(40, 70)}
    return {
        **said,
        **place,
        "speed": random_.randrange(200) / 10,
        "course": random_.randrange(3600) / 10,
        "heading": 90,
    }


def _tag(said: str) -> str:
    checksum = 0
    for octet in said.encode():
        checksum ^= octet
    return f"\\{said}*{checksum:02X}\\"


if __name__ == "__main__":
    print(write_sentences(Path(sys.argv[1]), int(sys.argv[2])))
