"""Reading the text of a plan: its outline, its targets, its themes. Pure functions, no database."""
