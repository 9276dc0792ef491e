# just test · just lint · just samples · just bench

test:
    python -m pytest

lint:
    ruff check casereview tests samples benchmarks

samples:
    python samples/make_samples.py

bench folder="samples/2025年度评查":
    python benchmarks/speed.py {{folder}}

# how much of the rules is data, how readable the lines are
figures:
    python benchmarks/figures.py --check
