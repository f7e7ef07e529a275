"""Memberships narrowed to channels (只管某些栏目), as the page of an account offers it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from organizations import rights
from organizations.memberships import Narrowing, register_narrowing
from organizations.models import Membership

from .models import Channel, ChannelLimit


def channel_choices(user=None, verb: str = "write") -> list[tuple[int, str]]:
    """The channels with their parents' names before them, in menu order; those where `user` may do `verb`, if given."""
    channels = {channel.pk: channel for channel in Channel.objects.all()}
    reached = None if user is None else rights.narrowed_to(user, verb)

    def full_name(channel) -> str:
        above = channels.get(channel.parent_id)
        return f"{full_name(above)} › {channel.name}" if above else channel.name

    def place(channel) -> tuple:
        above = channels.get(channel.parent_id)
        return (*(place(above) if above else ()), (channel.position, channel.pk))

    offered = [channel for channel in channels.values() if reached is None or channel.pk in reached]
    return [(channel.pk, full_name(channel)) for channel in sorted(offered, key=place)]


def numbers(membership: Membership) -> list[int]:
    """The channels that `membership` is narrowed to; none: it reaches all."""
    return [limit.channel_id for limit in membership.channel_limits.all()]


def narrow(membership: Membership, channels: Iterable[int]) -> None:
    """Narrow `membership` to these channels and those below them."""
    wanted = set(channels)
    held = set(ChannelLimit.objects.filter(membership=membership).values_list("channel", flat=True))
    ChannelLimit.objects.filter(membership=membership, channel__in=held - wanted).delete()
    ChannelLimit.objects.bulk_create(ChannelLimit(membership=membership, channel_id=pk) for pk in wanted - held)


register_narrowing(
    Narrowing(
        label=_("only in these channels"),
        help_text=_("None chosen: all channels. A channel brings those below it."),
        prefetch="channel_limits",
        choices=channel_choices,
        numbers=numbers,
        narrow=narrow,
    )
)
