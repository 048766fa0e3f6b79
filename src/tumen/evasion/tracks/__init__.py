"""Which positions belong to one ship's track, and the tracks of a pair."""
