"""Pages of long lists: nothing is counted further than anybody pages."""

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
