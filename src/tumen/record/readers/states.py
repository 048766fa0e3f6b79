"""Which state an actor's name or code in somebody else's file means, as ISO 3166-1 alpha-3."""

from __future__ import annotations

import csv
import functools
import importlib.resources
import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

Scheme = Literal["name", "cameo", "cow", "alpha2", "m49"]

#: What a name or code stands for that is known to be no single state, such as Europe.
NO_STATE = ""

#: What a line of `states.csv` is about: a scheme, or a code that every scheme of letters shares.
_LISTS = ("name", "code", "cameo", "cow", "alpha2", "m49")

_SAINT = re.compile(r"\bst\.?\s+(?=\w)")


def state_of(spelling: str, scheme: Scheme) -> str | None:
    """The state that a name or code means.

    Names are compared without case, accents and punctuation, "&" as "and" and "St." as "Saint". The codes and short
    names of ISO 3166-1 come from `iso3166`; full and former names, withdrawn codes and CAMEO's own from `states.csv`,
    each line with its source.

    Args:
        scheme: `name` for the name of a state or its alpha-3 code, `cameo` for CAMEO's country codes, `cow` for the
            numbers of the Correlates of War project, `alpha2` for the two letters of ISO 3166-1, `m49` for numbers
            as UN Comtrade has them.

    Returns: alpha-3; "" for what is known to be no state; None for what is not understood. States that are no more
        keep the code that ISO 3166-3 gives them.

    Example:
        >>> state_of("Bavaria", "name"), state_of("EUR", "cameo")
        (None, '')
    """
    plain = _plain(spelling)
    own = _differing()[scheme]
    return own[plain] if plain in own else _iso()[scheme].get(plain)


def known_states(scheme: Scheme) -> Mapping[str, str]:
    """Every code of a scheme that means a state, in capitals, with its alpha-3 code."""
    found = {**_iso()[scheme], **_differing()[scheme]}
    return {code.upper(): state for code, state in found.items() if state != NO_STATE}


def _plain(text: str) -> str:
    """Letters and digits only, without accents, case and abbreviation."""
    written = _SAINT.sub("saint ", text.casefold().replace("&", " and "))
    parts = unicodedata.normalize("NFKD", written)
    return "".join(c for c in parts if c.isalnum())


@functools.cache
def _differing() -> Mapping[Scheme, Mapping[str, str]]:
    """What our own list says, by scheme."""
    text = importlib.resources.files("tumen.record.readers").joinpath("states.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    listed = {scheme: {_plain(r["spelling"]): r["alpha3"] for r in rows if r["scheme"] == scheme} for scheme in _LISTS}
    codes = listed["code"]
    return {
        "name": codes | listed["name"],
        "cameo": codes | listed["cameo"],
        "cow": listed["cow"],
        "alpha2": listed["alpha2"],
        "m49": listed["m49"],
    }


@functools.cache
def _iso() -> Mapping[Scheme, Mapping[str, str]]:
    """What ISO 3166-1 says today, by scheme: codes for both, and the short names with and without their politics."""
    from iso3166 import countries

    codes = {_plain(c.alpha3): c.alpha3 for c in countries}
    names = {_plain(name): c.alpha3 for c in countries for name in (c.name, c.apolitical_name)}
    pairs = {_plain(c.alpha2): c.alpha3 for c in countries}
    numbers = {str(int(c.numeric)): c.alpha3 for c in countries}
    return {"name": codes | names, "cameo": codes, "cow": {}, "alpha2": pairs, "m49": numbers}
