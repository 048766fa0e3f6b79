"""How often the intervals and the verdicts of every measure are right, in simulated worlds of which the truth is known.

`python -m benchmarks.calibration` simulates them; `catalogue.py` lists them; the results are in `results.json`, and
the documentation's page of calibration is made from that. Everything in these worlds is invented.
"""
