"""One module per question: takes tables, gives an `Estimate`. Knows no claim."""
