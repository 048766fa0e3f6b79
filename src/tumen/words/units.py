"""What words and silence are counted in."""

from __future__ import annotations

from tumen.measure.units import Unit, counted_in

REMARKS = counted_in("remarks", "remark", "the number of remarks")
COUNTED_STATEMENTS = counted_in("statements", "statement", "the number of statements")
NAMING_QUESTIONS = counted_in("questions", "question", "the number of questions")
SILENCE = counted_in("days of silence", "day of silence", "the silence")
STANDARD_DEVIATIONS = counted_in("standard deviations", "standard deviation", "the gap")

#: How warm a statement is, from -2 to 2; how cooperative a deed is, from -1 to 1; both on one scale, from -1 to 1.
STANCE = Unit(name="stance", singular="in stance", plural="in stance", subject="the stance", axis="stance")
SIGN = Unit(name="sign", singular="in sign", plural="in sign", subject="the sign", axis="sign")
WARMTH = Unit(name="warmth", subject="the warmth", axis="cold -1 to warm +1")

UNITS = (REMARKS, COUNTED_STATEMENTS, NAMING_QUESTIONS, SILENCE, STANDARD_DEVIATIONS, STANCE, SIGN, WARMTH)
