"""Ids of the record as a case calls them, in sentences of measures and in what is said of rows."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: What someone is quoted with: nothing in it is called otherwise.
_QUOTED = re.compile(r"(“[^”]*”)")


def called(text: str, names: Mapping[str, str]) -> str:
    """A sentence with names in place of ids; quotations, longer ids and ids of rows stay as they are.

    Example:
        >>> called("un-panel's count of AAA–BBB (row un-panel-2023): “AAA”", {"AAA": "Arcady", "un-panel": "the Panel"})
        "the Panel's count of Arcady–BBB (row un-panel-2023): “AAA”"
    """
    if not names:
        return text
    ids = "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True))
    known = re.compile(rf"(?<![\w/.-])(?:{ids})(?![\w/-]|\.\w)")
    parts = _QUOTED.split(text)
    return "".join(p if n % 2 else known.sub(lambda m: names[m[0]], p) for n, p in enumerate(parts))
