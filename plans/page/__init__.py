"""The page of one plan (计划页): its text, outline, targets, chain, and what is edited in place."""
