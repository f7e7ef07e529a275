"""The public pages of articles, one file a subject."""
