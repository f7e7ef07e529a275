"""The desk's pages about articles, their revisions, collections, media and channels."""

from . import article, channel, collection, media  # noqa: F401  each registers its models
