"""How far targets have come (进展): units, measures, states, reports, evidence, the close of a year."""
