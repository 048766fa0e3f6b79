"""What the JSON object of a run is made of, whatever kinds of evidence there are: its types and their fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from tumen.judge.likelihood_words import Outcome
from tumen.report.claim_object import ClaimObject

_Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True, kw_only=True)
class CitationObject:
    """The assessment that the case keeps live."""

    author: Annotated[str, Field(description="who wrote it")]
    title: Annotated[str, Field(description="its title")]
    publisher: Annotated[str, Field(description="who published it")]
    published: Annotated[dt.date, Field(description="day on which it was published")]
    doi: Annotated[str, Field(description="its DOI; empty where the case gives none")]
    url: Annotated[str, Field(description="its address; empty where the case gives none")]


@dataclass(frozen=True, kw_only=True)
class WarningObject:
    """What was left out of a run, or looks odd in its case."""

    file: Annotated[str, Field(description="file that it is in")]
    line: Annotated[int | None, Field(description="line that it is on; null where the file as a whole is meant")]
    slug: Annotated[str, Field(description="its entry in the page of messages")]
    text: Annotated[str, Field(description="the whole message")]


@dataclass(frozen=True, kw_only=True)
class BeyondWallObject:
    """Rows of a table, or items of another part of the case, that do not count on its day."""

    later: Annotated[int, Field(description="of what happened, or ended, later")]
    unknown: Annotated[int, Field(description="of what had happened by then and became known later")]
    revised: Annotated[int, Field(description="of what was known by then, figures that were printed anew by then")]


@dataclass(frozen=True, kw_only=True)
class EditionObject:
    """A dated wall of the case."""

    as_of: Annotated[dt.date, Field(description="its day")]
    title: Annotated[str, Field(description="what it is called")]
    changed: Annotated[
        str, Field(description="what changed since the edition before; empty where the case does not say")
    ]
    by: Annotated[str, Field(description="who made it; empty where the case does not say")]
    why: Annotated[str, Field(description="why it was made; empty where the case does not say")]


@dataclass(frozen=True, kw_only=True)
class TurnObject:
    """A claim whose verdict, P or rows are not what they were in the edition before."""

    claim: Annotated[str, Field(description="its id")]
    before: Annotated[Outcome, Field(description="verdict in the edition before")]
    now: Annotated[Outcome, Field(description="verdict now")]
    probability_before: Annotated[float | None, Field(description="P then, 0 to 1; null where it was not pinned")]
    probability: Annotated[float | None, Field(description="P now, 0 to 1; null where it is not pinned")]
    new: Annotated[list[str], Field(description="rows behind it now and not then, as table and id")]
    gone: Annotated[list[str], Field(description="rows behind it then and not now, as table and id")]


@dataclass(frozen=True, kw_only=True)
class SinceObject:
    """What changed since the edition before."""

    edition: Annotated[EditionObject, Field(description="that edition")]
    claims: Annotated[list[TurnObject], Field(description="claims that are not as they were, in the order of the case")]
    let_in: Annotated[
        Mapping[str, int], Field(description="rows and items that were left out then and count now, by table or part")
    ]


@dataclass(frozen=True, kw_only=True)
class RunObject:
    """A case with its verdicts, as `tumen run --format json` prints it and `run.json` holds it."""

    case: Annotated[str, Field(description="title of the case")]
    as_of: Annotated[dt.date, Field(description="the day by which everything that counts had happened and was known")]
    edition: Annotated[EditionObject | None, Field(description="the edition of that day; null where there is none")]
    since: Annotated[
        SinceObject | None,
        Field(description="what changed since the edition before; null where there is none or it was not evaluated"),
    ]
    simulated: Annotated[bool, Field(description="whether anything that it rests on is simulated")]
    run: Annotated[
        str,
        Field(
            pattern="^[0-9a-f]{12}$",
            description="the digest: it depends on the values in `inputs`, on `as_of` and on `versions`",
        ),
    ]
    seed: Annotated[int, Field(description="seed of all draws, as in `case.toml`")]
    draws: Annotated[int, Field(description="how many draws each quantity has, as in `case.toml`")]
    compiler: Annotated[str, Field(description="who compiled the case; empty where it does not say")]
    licence: Annotated[str, Field(description="terms on which the case may be used; empty where it does not say")]
    citation: Annotated[CitationObject, Field(description="the assessment")]
    claims: Annotated[list[ClaimObject], Field(description="the claims, in the order of `claims.toml`")]
    left_out: Annotated[
        Mapping[str, BeyondWallObject],
        Field(description="what happened, became known or was printed anew, by table or part"),
    ]
    warnings: Annotated[list[WarningObject], Field(description="what was left out or looks odd")]
    inputs: Annotated[Mapping[str, _Sha256], Field(description="SHA-256 of every file that was read, by its path")]
    versions: Annotated[
        Mapping[str, str], Field(description="versions of Tumen, Python and the libraries that computed the numbers")
    ]


#: The field before which the parts stand that kinds of evidence bring.
PARTS_BEFORE = "warnings"
