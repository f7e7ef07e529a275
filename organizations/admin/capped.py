"""Pages of long lists: nothing is counted further than anybody pages, or put in an order that no index has."""

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST = 1000


class CappedPaginator(Paginator):
    """Pages of the first `most` rows; it never counts further."""

    most = MOST

    @cached_property
    def _found(self) -> int:
        return self.object_list.order_by()[: self.most + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._found, self.most)

    @property
    def is_capped(self) -> bool:
        return self._found > self.most


class OfferedOrders(ChangeList):
    """A list in the orders that its heads offer: another one that is typed in the address is left out."""

    def get_ordering_field(self, field_name):
        return super().get_ordering_field(field_name) if field_name in self.sortable_by else None
