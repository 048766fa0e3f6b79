"""Raw AIS sentences to typed rows: what a receiver wrote, a stretch of lines at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from tumen.ais.sentences.bare_lines import BareLines, read_bare
from tumen.ais.sentences.byte_runs import Text
from tumen.ais.sentences.loose_times import notes_beside
from tumen.ais.sentences.message_parts import HeardTable, PartsByMessage
from tumen.ais.sentences.odd_sentences import look_closer
from tumen.ais.sentences.receiver_notes import BROKEN, NO_TIME, UNSEALED
from tumen.ais.sentences.said import SaidPositions, SaidStatics, ShipSaid, said_in
from tumen.ais.sentences.sentence_lines import SentenceTable, lay_out
from tumen.ais.sentences.stations import Stations
from tumen.ais.sentences.who_said import WhoSaid

BAD_CHECKSUM = "bad checksum"
UNDECODABLE = "a sentence that cannot be decoded"
INCOMPLETE = "a message with a part missing"
CUT_OFF = "a message that breaks off before its position"
NOT_A_SHIP = "not a ship's position"
NO_SENTENCE = "a line that is no sentence"

#: Why lines were left out that a reader may have to look at.
NOT_UNDERSTOOD_LINES = (BAD_CHECKSUM, UNDECODABLE, CUT_OFF, NO_SENTENCE)


@dataclass
class Sentences:
    """Reads sentences in their order, counting what gives no position.

    Args:
        dropped: sentences left out, by reason; of a message in several sentences, each.
        other: lines that hold no AIS sentence: a receiver's own reports, source tags on a line of their own.
        positions: messages with a ship's position.
        statics: messages in which a ship says who she is, and not where.
        joined: sentences that are the second or a later one of a message.
        unsealed, broken: sentences whose tag block has no checksum, or a wrong one.
        stations: names of receivers.
    """

    dropped: Counter[str] = field(default_factory=Counter)
    other: int = 0
    positions: int = 0
    statics: int = 0
    unsealed: int = 0
    broken: int = 0
    stations: Stations = field(default_factory=Stations)
    _assembly: PartsByMessage = field(default_factory=PartsByMessage)
    _who: WhoSaid = field(default_factory=WhoSaid)
    _waiting: tuple[int, int, int] = (NO_TIME, 0, -1)

    @property
    def joined(self) -> int:
        """Sentences that are the second or a later one of a message that was put together."""
        return self._assembly.joined

    @property
    def lines(self) -> int:
        """Lines that are not empty, and sentences beyond the first of a line."""
        return self.other + self.positions + self.statics + self.joined + self.dropped.total()

    def read(self, lines: bytes) -> tuple[SaidPositions, SaidStatics]:
        """Positions of ships, and what is new in what they say of themselves, of whole lines.

        The time is the receiver's: of the sentence's tag block (`c:`, s or ms since 1970), of what stands before
        the sentence or after its checksum, or of a tag block or a line `$PGHP` before it; without any it is empty. A
        message in several parts has the first part's, or else a later one's.

        Args:
            lines: ended by line feeds.

        Source: ITU-R M.1371-5 (messages), IEC 61162-1 and NMEA 4.10 (sentences and tag blocks).
        Limits: Memory grows with the stretch of lines, and with the number of ships.
        """
        text = Text.of(lines)
        laid = lay_out(text)
        bare = read_bare(text, laid.bare_begin, laid.bare_end)
        table = look_closer(text, laid.sentences)
        heard = self._heard(text, table, bare)
        self._count(len(laid.sentences), table, bare)
        if not table.whole.all():
            table, heard = table.of(table.whole), heard.of(table.whole)
        said = said_in(self._assembly.messages(text, table, heard))
        self._count_said(said)
        return said.positions, self._who.news(said.statics)

    def end(self) -> None:
        """No more lines come."""
        self._assembly.end()
        self._lose()

    def _heard(self, text: Text, table: SentenceTable, bare: BareLines) -> HeardTable:
        """Times, stations and groups of sentences: their own, or those of the lines before them."""
        own, line = notes_beside(text, table), bare.notes
        for notes in (own, line):
            self.unsealed += int((notes.seal == UNSEALED).sum())
            self.broken += int((notes.seal == BROKEN).sum())
        before = HeardTable(line.time_us, self.stations.codes(text, line.name_begin, line.name_end), line.group)
        beside = HeardTable(own.time_us, self.stations.codes(text, own.name_begin, own.name_end), own.group)
        columns, waiting = [], []
        for name, nothing, was in zip(("time_us", "station", "group"), (NO_TIME, 0, -1), self._waiting, strict=True):
            said = getattr(before, name)
            told = (said != nothing) | bare.is_clock
            lent, left = _lent(bare.place[told], said[told], table.start, was, nothing)
            own_said = getattr(beside, name)
            columns.append(np.where(own_said == nothing, lent, own_said))
            waiting.append(left)
        self._waiting = (waiting[0], waiting[1], waiting[2])
        return HeardTable(*columns)

    def _count(self, many: int, table: SentenceTable, bare: BareLines) -> None:
        self.dropped[UNDECODABLE] += many - len(table) + bare.broken_clocks
        self.dropped[BAD_CHECKSUM] += len(table) - int(table.whole.sum())
        self.dropped[NO_SENTENCE] += bare.strange
        self.other += bare.other

    def _count_said(self, said: ShipSaid) -> None:
        self.positions += len(said.positions)
        self.statics += said.static_messages
        self.dropped[NOT_A_SHIP] += said.others
        self.dropped[CUT_OFF] += said.cut
        self.dropped[UNDECODABLE] += said.unknown
        self._lose()

    def _lose(self) -> None:
        self.dropped[INCOMPLETE] += self._assembly.lost
        self._assembly.lost = 0


def _lent(places: np.ndarray, worth: np.ndarray, starts: np.ndarray, was: int, nothing: int) -> tuple[np.ndarray, int]:
    """What each sentence takes from the last line since the sentence before it that says something; what is left."""
    places, worth = np.concatenate([[-1], places]), np.concatenate([[was], worth])
    last = np.searchsorted(places, starts) - 1
    since = np.concatenate([[-2], starts[:-1]]) if starts.size else starts
    lent = np.where(places[last] > since, worth[last], nothing)
    left = int(worth[-1]) if not starts.size or places[-1] > starts[-1] else nothing
    return lent, left
