"""Static files as production serves them: stylesheets in one piece, names with a hash, compressed."""

import re
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r'@import url\("([^"]+)"\);\n?')
_COMMENT = re.compile(r"/\*.*?\*/\n*", re.DOTALL)


def in_one_piece(storage, path: str) -> str:
    """The stylesheet at `path` of `storage` with what it imports in place of the imports, and without comments.

    An imported sheet may import in turn; its other addresses must be absolute, since they are not moved.
    """
    with storage.open(path) as file:
        css = _COMMENT.sub("", file.read().decode())
    folder = PurePosixPath(path.replace("\\", "/")).parent
    return _IMPORT.sub(lambda found: in_one_piece(storage, str(folder / found[1])), css)


class _Whole:
    """A storage that opens its stylesheets in one piece."""

    def __init__(self, storage):
        self.storage = storage

    def open(self, path: str, mode: str = "rb") -> ContentFile:
        return ContentFile(in_one_piece(self.storage, path).encode())

    def __getattr__(self, name: str):
        return getattr(self.storage, name)


class StylesheetStorage(CompressedManifestStaticFilesStorage):
    """One request for all the rules of a page: the sheets in css/ are written by subject and served in one piece."""

    def post_process(self, paths, *args, **kwargs):
        for name, (storage, path) in paths.items():
            if name.startswith("css/") and name.endswith(".css"):
                paths[name] = (_Whole(storage), path)
        yield from super().post_process(paths, *args, **kwargs)
