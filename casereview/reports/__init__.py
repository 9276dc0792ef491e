"""One view of the data, then one file per medium with no decisions in it."""
