"""Lines without a sentence of AIS: what a receiver wrote on them belongs to the sentence that follows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tumen.ais.sentences.byte_runs import Flags, Offsets, Text
from tumen.ais.sentences.receiver_notes import BROKEN, Notes, clocks, tags

_CLOCK = b"$PGHP,"

#: How lines begin that are a receiver's own: sentences of other kinds, comments, tag blocks.
_OWN = b"!$#\\"


@dataclass(frozen=True, eq=False)
class BareLines:
    """What lines without a sentence say; the arrays are of one length.

    Args:
        place: where lines are that say something of the next sentence.
        notes: what they say.
        is_clock: those that hold for one sentence as a whole: what earlier lines say is not of that one.
        broken_clocks: lines `$PGHP` that were changed on their way, or say no time.
        other: lines that are a receiver's own, those among them that say something.
        strange: lines that are nothing that is known.
    """

    place: Offsets
    notes: Notes
    is_clock: Flags
    broken_clocks: int
    other: int
    strange: int


def read_bare(text: Text, begin: Offsets, end: Offsets) -> BareLines:
    """Read tag blocks and clocks on lines of their own, and count the rest; lines of spaces are nothing."""
    notes, is_tag = tags(text, begin, end)
    opening = text.windows(begin, len(_CLOCK)) == np.frombuffer(_CLOCK, dtype=np.uint8)
    is_clock = opening.all(axis=1)
    notes.put(is_clock, clocks(text, begin[is_clock], end[is_clock]))
    broken = is_clock & (notes.seal == BROKEN)
    use = (is_clock | is_tag) & ~broken
    own = np.isin(text.octets[begin], np.frombuffer(_OWN, dtype=np.uint8))
    rest = [text.raw[b:e].strip() for b, e in zip(begin[~own].tolist(), end[~own].tolist(), strict=True)]
    strange = sum(line[0] not in _OWN for line in rest if line)
    other = int(own.sum() - broken.sum()) + sum(line[0] in _OWN for line in rest if line)
    return BareLines(begin[use], notes.of(use), is_clock[use], int(broken.sum()), other, strange)
