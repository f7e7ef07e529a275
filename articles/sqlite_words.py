"""What SQLite's triggers ask of Python: the keys of a document as the words of its index."""

from array import array

from django.db.backends.signals import connection_created
from django.dispatch import receiver

from .keys import token


def search_words(keys: bytes) -> str:
    """The words of KeysField's bytes."""
    return " ".join(map(token, array("i", keys)))


@receiver(connection_created)
def teach(connection, **kwargs) -> None:
    """Let a new connection's triggers find search_words."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("search_words", 1, search_words, deterministic=True)
