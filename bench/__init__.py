"""How quick things are, each figure beside a floor of the same run (docs/bench.md). Nothing in the tests is timed."""
