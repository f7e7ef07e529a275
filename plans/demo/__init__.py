"""A demonstration: one city's plans of several years, invented, marked as such, and taken away again as a whole."""
