"""Where each key of a TOML file stands, so that a message can name its line.

The standard library's parser gives values without places; this reads the places alone and leaves
the values to it.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

KeyPath = tuple[str | int, ...]

_NAME = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_NAMES = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"^\s*(\[\[?)\s*({_NAMES})\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(rf"^\s*({_NAMES})\s*=")
_BARE = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\Z")

#: What opens or closes something outside a string, and where a string of each kind ends.
_SIGN = re.compile(r'"""|\'\'\'|["\'#\[\]{}]')
_MULTILINE = ('"""', "'''")
_END = {
    '"': re.compile(r'\\.|(")'),
    "'": re.compile(r"(')"),
    '"""': re.compile(r'\\.|(""")'),
    "'''": re.compile(r"(''')"),
}


def key_lines(text: str) -> Mapping[KeyPath, int]:
    r"""Line (1-based) of every table header and key of a TOML text.

    Args:
        text: valid TOML.

    Returns: paths as pydantic names them, with array positions: ("claim", 0, "holds").

    Limits: keys inside inline tables and arrays take the line of the key that holds them.

    Example:
        >>> key_lines('title = "x"\n[[claim]]\nid = "a"')[("claim", 0, "id")]
        3
    """
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, line in _logical_lines(text):
        header = _HEADER.match(line)
        if header:
            table = _open_table(_parts(header.group(2)), header.group(1) == "[[", counts)
            for path in (table[:-1], table) if isinstance(table[-1], int) else (table,):
                lines.setdefault(path, number)
            continue
        key = _KEY.match(line)
        if key:
            lines.setdefault((*table, *_parts(key.group(1))), number)
    return lines


def _open_table(parts: tuple[str, ...], is_array: bool, counts: dict[KeyPath, int]) -> KeyPath:
    """The full path of a table header, with the position of every array of tables on the way."""
    path: KeyPath = ()
    for depth, part in enumerate(parts):
        path = (*path, part)
        last = depth == len(parts) - 1
        if last and is_array:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


@lru_cache(maxsize=1000)
def _parts(dotted: str) -> tuple[str, ...]:
    """Names of a dotted key, unquoted."""
    if _BARE.match(dotted):
        return tuple(dotted.split("."))
    node: Any = tomllib.loads(f"{dotted} = 0")
    parts: list[str] = []
    while isinstance(node, dict):
        name, node = next(iter(node.items()))
        parts.append(name)
    return tuple(parts)


def _logical_lines(text: str) -> list[tuple[int, str]]:
    """Lines that can begin a key or a header: those not inside a multi-line string or array."""
    found: list[tuple[int, str]] = []
    fence: str | None = None
    depth = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if fence is None and depth == 0:
            found.append((number, line))
            if _HEADER.match(line):
                continue
        fence, depth = _scan(line, fence, depth)
    return found


def _scan(line: str, fence: str | None, depth: int) -> tuple[str | None, int]:
    """Follow quotes and brackets through one line; returns what is still open at its end."""
    at = 0
    while at < len(line):
        if fence is not None:
            end = next((m.end() for m in _END[fence].finditer(line, at) if m.group(1)), None)
            if end is None:
                break
            at, fence = end, None
        sign = _SIGN.search(line, at)
        if sign is None or sign.group() == "#":
            break
        at = sign.end()
        if sign.group() in "[{":
            depth += 1
        elif sign.group() in "]}":
            depth = max(0, depth - 1)
        else:
            fence = sign.group()
    return (fence if fence in _MULTILINE else None), depth


def lines_of_parts(lines: Mapping[KeyPath, int]) -> Mapping[tuple[str | int, ...], dict[KeyPath, int]]:
    """The lines of each part's own keys, by the part: ("claim", 0)."""
    found: dict[KeyPath, dict[KeyPath, int]] = defaultdict(dict)
    for path, line in lines.items():
        if len(path) > 1:
            found[path[:2]][path[2:]] = line
    return found
