"""Which state an actor's name or code in somebody else's file means, as ISO 3166-1 alpha-3."""

from __future__ import annotations

import csv
import functools
import importlib.resources
import unicodedata
from collections.abc import Mapping
from typing import Literal

Scheme = Literal["name", "cameo", "cow"]

#: What a name or code stands for that is known to be no single state, such as Europe.
NO_STATE = ""


def state_of(spelling: str, scheme: Scheme) -> str | None:
    """The state that a name or code means.

    Names are compared without case, accents and punctuation. ISO 3166 comes from `pycountry`; what differs from it,
    former names and CAMEO's own codes, from `states.csv`, each line with its source.

    Args:
        scheme: `name` for the name of a state or its alpha-3 code, `cameo` for CAMEO's country codes, `cow` for the
            numbers of the Correlates of War project.

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
    """Letters and digits only, without accents and case."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if c.isalnum())


@functools.cache
def _differing() -> Mapping[Scheme, Mapping[str, str]]:
    """What our own list says, by scheme."""
    text = importlib.resources.files("tumen.record.readers").joinpath("states.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    schemes: tuple[Scheme, ...] = ("name", "cameo", "cow")
    return {s: {_plain(r["spelling"]): r["alpha3"] for r in rows if r["scheme"] == s} for s in schemes}


@functools.cache
def _iso() -> Mapping[Scheme, Mapping[str, str]]:
    """What ISO 3166 says, by scheme: codes for both, and the names in use today, for a name may have had others
    before.
    """
    import pycountry

    today = list(pycountry.countries)
    codes = {_plain(s.alpha_3): str(s.alpha_3) for s in [*pycountry.historic_countries, *today]}
    kinds = ("name", "official_name", "common_name")
    names = {_plain(getattr(s, kind)): str(s.alpha_3) for s in today for kind in kinds if getattr(s, kind, None)}
    return {"name": codes | names, "cameo": codes, "cow": {}}
