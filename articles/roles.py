"""Who may do what to articles: the verbs with their roles, whose an object is, and channels that narrow a membership.

Review (三审三校): a reviewer acts on the first and second stage, a signer on the final one, and may stand in on the
others. Whoever `delegates` gives a leader without an account a link to decide by.
"""

from organizations import rights
from organizations.audit_search import register_names
from organizations.rights import Role

from .models import Article, Channel, Collection, MediaFile, Revision

rights.register_verbs(
    write=rights.WRITERS,
    edit=rights.EDITORS,
    publish=rights.EDITORS,
    withdraw=rights.EDITORS,
    redate={Role.EDITOR, Role.SIGNER, Role.MANAGER},
    review={Role.REVIEWER, Role.SIGNER},
    sign={Role.SIGNER},
    show={Role.EDITOR, Role.REVIEWER, Role.SIGNER, Role.MANAGER},
    delegate=rights.SIGNERS,
)
rights.register_owner(Article, lambda article: article.owner)
rights.register_owner(Revision, lambda revision: revision.article.owner)
rights.register_owner(Collection, lambda collection: collection.owner)
rights.register_owner(MediaFile, lambda media: media.owner)
register_names(Article, "title")
register_names(Channel, "name")
register_names(Collection, "title")
register_names(MediaFile, "alt", "original_name")


def with_channels_below(sets: list[set[int]]) -> list[set[int]]:
    """Each of these sets of channels' numbers with all channels below; the channels are read once."""
    parents = dict(Channel.objects.values_list("pk", "parent"))
    return [_with_those_below(numbers, parents) for numbers in sets]


def _with_those_below(numbers: set[int], parents: dict[int, int | None]) -> set[int]:
    covered = set(numbers)
    while more := {pk for pk, parent in parents.items() if parent in covered and pk not in covered}:
        covered |= more
    return covered


rights.register_limit("channel_limits__channel", with_channels_below)
rights.register_limited(Article, lambda article: article.channel_id)
rights.register_limited(Revision, lambda revision: revision.article.channel_id)
