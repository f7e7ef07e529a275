"""All plans at once: their targets, what they stress, the phrases they use (指标、主题、提法)."""
