"""Sentences as a receiver writes them, made by PyAIS's own encoder: what reading them costs, beside PyAIS alone.

`python -m benchmarks.received_sentences` prints it; given a file's name, it reads that file and makes none.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from benchmarks.process import cost

#: Messages of each kind in a thousand, as a receiver on a coast hears them.
KINDS = {1: 620, 3: 200, 18: 90, 5: 50, 24: 40}

MESSAGES = 1_000_000
SHIPS = 5_000
STATIONS = 20
BEGIN_S = 1_710_028_800
PER_SECOND = 200

#: What is asked for: sentences of AIS in a second of one core, the start of the program among it.
LEAST_PER_S = 300_000

_PYAIS = """
import sys
from pyais.messages import AISSentence, NMEASentenceFactory
parts = []
for line in open(sys.argv[1], 'rb'):
    sentence = NMEASentenceFactory.produce(line)
    if isinstance(sentence, AISSentence) and sentence.is_valid:
        parts = [sentence] if sentence.frag_num == 1 else [*parts, sentence]
        if len(parts) == sentence.frag_cnt:
            AISSentence.assemble_from_iterable(parts).decode()
"""


def write_received(path: Path, messages: int = MESSAGES, seed: int = 1) -> None:
    """Write so many messages of invented ships, each sentence with its tag block."""
    from pyais import encode_dict

    chance = random.Random(seed)
    with path.open("w", encoding="ascii", newline="\n") as stream:
        for n in range(messages):
            (kind,) = chance.choices(list(KINDS), list(KINDS.values()))
            said = _said(chance, kind, 201_000_000 + chance.randrange(SHIPS) * 97)
            lines = encode_dict(said, talker_id="AI", radio_channel=chance.choice("AB"), seq_id=n % 10)
            tag = _tag(f"s:rST{chance.randrange(STATIONS):03},c:{BEGIN_S + n // PER_SECOND}")
            stream.writelines(f"{tag}{line}\n" for line in lines)


def _said(chance: random.Random, kind: int, mmsi: int) -> dict[str, object]:
    """What a message of a kind says."""
    said: dict[str, object] = {"msg_type": kind, "mmsi": mmsi}
    if kind == 5:
        imo, name = 9_000_000 + mmsi % 900_000, f"SHIP {mmsi % 9973}"
        return {**said, "shipname": name, "imo": imo, "ship_type": 70, "draught": 7.5}
    if kind == 24:
        return {**said, "partno": 0, "shipname": f"BOAT {mmsi % 9973}"}
    place = {"lon": chance.uniform(-30, 30), "lat": chance.uniform(40, 70)}
    return {**said, **place, "speed": chance.randrange(200) / 10, "course": chance.randrange(3600) / 10, "heading": 90}


def _tag(said: str) -> str:
    """A tag block with its checksum."""
    checksum = 0
    for octet in said.encode():
        checksum ^= octet
    return f"\\{said}*{checksum:02X}\\"


def main(given: Path | None = None) -> None:
    """Measure the import of a file of sentences, the start of the program and all writing among it, and PyAIS alone."""
    with tempfile.TemporaryDirectory(prefix="tumen-bench-") as name:
        folder = Path(name)
        file = given or folder / "received.nmea"
        if given is None:
            write_received(file)
        sentences = sum(line.count(b"VDM,") + line.count(b"VDO,") for line in file.open("rb"))
        command = [sys.executable, "-m", "tumen", "import", "ais", str(file), "--out", str(folder / "out.parquet")]
        ours, theirs = cost(command, folder, runs=3), cost([sys.executable, "-c", _PYAIS, str(file)], folder, runs=1)
    print(f"\n{sentences:,} sentences of AIS {'CPU s':>12} {'a second':>10} {'MB':>6}")
    for label, found in (("tumen import ais", ours), ("PyAIS alone, nothing written", theirs)):
        print(f"{label:32} {found.cpu_s:9.2f} {sentences / found.cpu_s:10,.0f} {found.peak_mb:6.0f}")
    print(f"at least {LEAST_PER_S:,} sentences a second; {theirs.cpu_s / ours.cpu_s:.1f} × as many as PyAIS")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None)
