"""How each publisher of event data lays out its files. Where each layout was read is said in
docs/events-and-votes.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tumen.counting import counted
from tumen.errors import Place, Problem
from tumen.record.readers.states import Scheme


@dataclass(frozen=True)
class Layout:
    """One publisher's files.

    Args:
        name: what the command calls it; also the query that reads it, `events_NAME.sql`.
        columns: our name for each column that is read, and the names that it has in headers, in lower case with _
            for a space.
        needed: those without which nothing can be read; "a or b" where either is enough.
        scheme: how it names states.
        within: what a report's `unit` is: reports of one sentence are of one event; reports of one article are so only
            where every pair of its parties is reported.
        places: for files without a header: by their number of columns, where each column stands, from 0.
        unsaid: names that the header of some files has and none of their rows has a cell for.
    """

    name: str
    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    scheme: Scheme
    within: str
    places: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    unsaid: tuple[str, ...] = ()

    def said(self, header: Sequence[str], row: Sequence[str]) -> list[str]:
        """The cells of a header that the first row has cells for."""
        if len(row) >= len(header):
            return list(header)
        return [cell for cell in header if cell.strip() not in self.unsaid]

    def placed(self, number: int) -> list[str | None]:
        """Our name for each column of a file without a header, by their number."""
        at = {place: ours for ours, place in self.places.get(number, {}).items()}
        return [at.get(place) for place in range(number)]

    def knows(self, cell: str) -> bool:
        """Whether a cell names a column that is read."""
        return any(_plain(cell) in theirs for theirs in self.columns.values())

    def named(self, header: Sequence[str]) -> list[str | None]:
        """Our name for each column, by the names in a header."""
        found: list[str | None] = []
        for cell in header:
            ours = next((ours for ours, theirs in self.columns.items() if _plain(cell) in theirs), None)
            found.append(None if ours in found else ours)
        return found

    def missing(self, found: Sequence[str | None]) -> list[str]:
        """What nothing can be read without and a file lacks; of columns that stand for each other, all names."""
        return [name for name in self.needed if not set(name.split(" or ")) & set(found)]

    def lacking(self, shown: str, found: Sequence[str | None], named: bool) -> Problem | None:
        """What a file must have but lacks; None if it has everything.

        Args:
            named: whether the file names its columns.
        """
        missing = self.missing(found)
        if not missing:
            return None
        if not named:
            numbers = " or ".join(str(n) for n in sorted(self.places))
            expected = f"a GDELT event export of {numbers} columns, or a header that names {', '.join(self.needed)}"
            return Problem(
                Place(shown),
                got=f"a table of {counted(len(found), 'column')}",
                expected=expected,
                fix="Name an export of events, not of mentions or of the knowledge graph.",
                slug="import-layout",
            )
        return Problem(
            Place(shown),
            got=f"a table without a column for {', '.join(missing)}",
            expected=f"the columns of {self.name}",
            fix="docs/events-and-votes.md lists them.",
            slug="import-layout",
        )


def _plain(cell: str) -> str:
    """The name of a column as the layouts write it."""
    return cell.strip().strip('"').lower().replace(" ", "_")


ICEWS = Layout(
    "icews",
    {
        "event_id": ("event_id",),
        "event_date": ("event_date", "date"),
        "source_country": ("source_country", "source"),
        "target_country": ("target_country", "target"),
        "cameo_code": ("cameo_code", "cameo"),
        "event_text": ("event_text", "event"),
        "intensity": ("intensity", "goldstein"),
        "quad": ("quad",),
        "story_id": ("story_id",),
        "sentence_number": ("sentence_number",),
    },
    ("event_date", "source_country", "target_country", "cameo_code or event_text"),
    "name",
    "sentence",
)

_GDELT_PLACES = {
    "globaleventid": 0,
    "sqldate": 1,
    "actor1countrycode": 7,
    "actor2countrycode": 17,
    "eventcode": 26,
    "eventrootcode": 28,
    "quadclass": 29,
    "goldsteinscale": 30,
}

#: Version 1.0 has 57 columns until March 2013 and 58 since, version 2.0 has 61. What others saved again has names.
GDELT = Layout(
    "gdelt",
    {
        "globaleventid": ("globaleventid",),
        "sqldate": ("sqldate", "day"),
        "actor1countrycode": ("actor1countrycode",),
        "actor2countrycode": ("actor2countrycode",),
        "eventcode": ("eventcode",),
        "eventrootcode": ("eventrootcode",),
        "quadclass": ("quadclass",),
        "goldsteinscale": ("goldsteinscale",),
        "sourceurl": ("sourceurl",),
    },
    ("sqldate", "actor1countrycode", "actor2countrycode", "eventcode"),
    "cameo",
    "article",
    {57: _GDELT_PLACES, 58: {**_GDELT_PLACES, "sourceurl": 57}, 61: {**_GDELT_PLACES, "sourceurl": 60}},
)

POLECAT = Layout(
    "polecat",
    {
        "event_id": ("event_id", "#!event_id"),
        "event_date": ("event_date",),
        "event_type": ("event_type",),
        "event_mode": ("event_mode",),
        "intensity": ("intensity", "event_intensity"),
        "quad_code": ("quad_code",),
        "actor_country": ("actor_country",),
        "recipient_country": ("recipient_country",),
    },
    ("event_date", "event_type", "actor_country", "recipient_country"),
    "name",
    "sentence",
    unsaid=("Headline", "Event Text", "Feed", "Story ID"),
)
