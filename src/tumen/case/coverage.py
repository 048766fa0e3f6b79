"""How much of what there was a table of the record holds."""

from __future__ import annotations

from typing import Literal

#: All of it, a share drawn by a rule, or what somebody came across.
Coverage = Literal["exhaustive", "sampled", "convenience"]
