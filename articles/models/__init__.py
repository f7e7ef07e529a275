"""What is published: channels, articles and their revisions, reviews, collections, media, old addresses."""

from .article import Article
from .channel import Channel, ChannelLimit
from .collection import Collection, CollectionEntry
from .editing_session import EditingSession
from .listing import ListCount, Listing
from .media import MediaFile
from .preview_link import PreviewLink
from .redirect import Redirect
from .revision import Review, Revision
from .search_document import SearchDocument
from .view_count import DailyViewCount, ViewCount

__all__ = [
    "Article",
    "Channel",
    "ChannelLimit",
    "Collection",
    "CollectionEntry",
    "DailyViewCount",
    "EditingSession",
    "ListCount",
    "Listing",
    "MediaFile",
    "PreviewLink",
    "Redirect",
    "Review",
    "Revision",
    "SearchDocument",
    "ViewCount",
]
