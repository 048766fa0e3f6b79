"""CAMEO as tables of the engine: what each root of its codes means, and which code each of its texts stands for."""

from __future__ import annotations

import csv
import importlib.resources
import re

from tumen.engine.queries import Engine
from tumen.record.readers.tabulate import tabulate


def tabulate_cameo(engine: Engine) -> None:
    """Make the tables `roots`, the roots of codes with their kind and quad class, and `code_texts`.

    Of a text, letters and digits are kept. Each line of `cameo.csv` and `cameo_texts.csv` says where it was read.
    """
    roots = _lines("cameo.csv")
    tabulate(engine, "roots", {name: [row[name] for row in roots] for name in ("root", "kind", "quad")})
    texts = _lines("cameo_texts.csv")
    plain = [re.sub("[^a-z0-9]", "", row["text"].lower()) for row in texts]
    tabulate(engine, "code_texts", {"text": plain, "code": [row["code"] for row in texts]})


def _lines(name: str) -> list[dict[str, str]]:
    text = importlib.resources.files("tumen.events").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
