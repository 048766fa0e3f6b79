"""What the modules of a package declare: a module is found by the names at its top, and needs no list."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

#: What a module may declare for its kind, at its top.
DECLARED = ("MEASURES", "UNITS", "CHARTS", "IMPORTERS", "DETECTORS", "EXPORTERS", "COMMANDS")

_DECLARES = re.compile(rb"\n(%s)\b *[:=]" % "|".join(DECLARED).encode())


class Declarations(Mapping[str, Sequence[Any]]):
    """All that modules of a package declare, by those names; a mapping of a module gives its items.

    A module is imported when one of the names that it declares is asked for.

    Args:
        package: its name; packages below it count.
    """

    def __init__(self, package: str) -> None:
        self._package = package

    @cached_property
    def _modules(self) -> Mapping[str, Sequence[str]]:
        """Modules that declare each of the names, by a look at their text."""
        found: dict[str, list[str]] = {}
        for module, text in sorted(_texts(files(self._package), self._package)):
            for name in dict.fromkeys(_DECLARES.findall(b"\n" + text)):
                found.setdefault(name.decode(), []).append(module)
        return found

    def __getitem__(self, name: str) -> Sequence[Any]:
        each = (getattr(importlib.import_module(module), name) for module in self._modules[name])
        return tuple(one for given in each for one in (given.items() if isinstance(given, Mapping) else given))

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


def _texts(folder: Traversable, package: str) -> Iterator[tuple[str, bytes]]:
    """The modules of a folder, and of the packages below it, with their texts."""
    for entry in folder.iterdir():
        stem, dot, ending = entry.name.partition(".")
        if ending == "py":
            yield f"{package}.{stem}", entry.read_bytes()
        elif not dot and (entry / "__init__.py").is_file():
            yield from _texts(entry, f"{package}.{stem}")
