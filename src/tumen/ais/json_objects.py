"""The objects of a JSON file, one at a time: lines, an array, or what a wrapper holds; memory does not grow with the
file.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

#: An object with more letters is no message of a ship; a larger one may still be a wrapper around many.
LONGEST_OBJECT = 1 << 20

#: A text in a message is shorter: where reading stops farther than this from the end of what was read, more would
#: not help.
_LONGEST_TEXT = 1 << 12

_CHUNK = 1 << 18
_WRAPPER = re.compile(r'\{[^\[]{0,100000}?"\w+"\s*:\s*(?=\[\s*[\[{])')
_DECODER = json.JSONDecoder()

JsonObject = Mapping[str, Any]


class _Text:
    """A file's text, read as it is asked for."""

    def __init__(self, path: Path, told: Callable[[int], None]) -> None:
        self._stream = path.open("rb")
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._told = told
        self.held, self.at, self.whole = "", 0, False

    def more(self) -> bool:
        """Read on, forgetting what was used; whether there was any more."""
        chunk = self._stream.read(_CHUNK)
        self.whole = not chunk
        self.held, self.at = self.held[self.at :] + self._decoder.decode(chunk, final=self.whole), 0
        self._told(self._stream.tell())
        return not self.whole

    def close(self) -> None:
        """Give the file back."""
        self._stream.close()


def json_objects(path: Path, told: Callable[[int], None] = lambda _: None) -> Iterator[JsonObject | None]:
    """The objects of a file, in order; None for a line or piece that is none.

    Objects may stand one on a line, in an array, in arrays in an array, or in an array that an object holds.

    Args:
        path: a file of UTF-8.
        told: the bytes read so far.
    """
    text, first = _Text(path, told), True
    try:
        while _to_next(text):
            found = _decoded(text)
            wrapper = _WRAPPER.match(text.held, text.at) if found is None and first else None
            if wrapper:
                text.at = wrapper.end()
            elif found is None:
                _skip(text)
                yield None
            else:
                yield from _inner(found, 0)
            first = False
    finally:
        text.close()


def _to_next(text: _Text) -> bool:
    """Go to where the next object begins; whether there is one."""
    while (start := text.held.find("{", text.at)) < 0:
        text.at = len(text.held)
        if not text.more():
            return False
    text.at = start
    return True


def _decoded(text: _Text) -> JsonObject | None:
    """The object that begins here; None where it is none, or longer than any that is read."""
    while True:
        try:
            found, text.at = _DECODER.raw_decode(text.held, text.at)
        except (ValueError, RecursionError) as error:
            left = len(text.held) - getattr(error, "pos", 0)
            if left > _LONGEST_TEXT or len(text.held) - text.at > LONGEST_OBJECT or not text.more():
                return None
        else:
            return found if isinstance(found, dict) else None


def _skip(text: _Text) -> None:
    """Go on behind the line that could not be read."""
    end = text.held.find("\n", text.at)
    text.at = len(text.held) if end < 0 else end + 1


def _inner(found: JsonObject, depth: int) -> Iterator[JsonObject]:
    """An object, or those in the arrays that it holds."""
    lists = [value for value in found.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    if not lists and len(found) == 1 and depth < 2:
        lists = [[value] for value in found.values() if isinstance(value, dict)]
    if not lists or depth > 2 or _says_who(found):
        yield found
        return
    for values in lists:
        for value in values:
            if isinstance(value, dict):
                yield from _inner(value, depth + 1)


def _says_who(found: JsonObject) -> bool:
    """Whether an object is about a ship itself."""
    return any(name.lower() in ("mmsi", "ssvid", "message", "properties", "vessel") for name in found)
