"""Office's packages (.docx, .xlsx): parts of a zip that point to one another. Nothing outside is ever fetched."""

import posixpath
from typing import NamedTuple

from lxml import etree

from importer.readers.unreadable import UnreadableFile, refused_as
from importer.readers.zips import is_encrypted, open_zip

TOTAL = 200 * 1024 * 1024  # bytes, unpacked
PART = 64 * 1024 * 1024  # bytes of one part of XML
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (  # ISO's strict names of the same words
    (b"purl.oclc.org/ooxml/wordprocessingml/main", b"schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"purl.oclc.org/ooxml/spreadsheetml/main", b"schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"purl.oclc.org/ooxml/drawingml/main", b"schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"purl.oclc.org/ooxml/officeDocument/relationships",
        b"schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


class Relation(NamedTuple):
    """Where a part points to: the last word of the relation's type, the part's name or the address outside."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one file. Names are compared without case, as Windows does."""

    def __init__(self, raw: bytes, name: str):
        """Raises UnreadableFile for what is no zip, is too large unpacked, or is encrypted."""
        self.name = name
        self._zip = open_zip(raw, name, total=TOTAL)
        self._parts = {part.filename.replace("\\", "/").strip("/").lower(): part for part in self._zip.infolist()}
        if any(map(is_encrypted, self._parts.values())):
            raise UnreadableFile("encrypted", name)

    def size(self, part: str) -> int | None:
        """How large a part is unpacked; None where there is none of that name."""
        found = self._parts.get(part.lower())
        return None if found is None else found.file_size

    def bytes(self, part: str) -> bytes:
        """A part's bytes; raises UnreadableFile where it is missing or broken."""
        with refused_as("damaged", self.name):
            return self._zip.read(self._parts[part.lower()])

    def xml(self, part: str | None) -> etree._Element | None:
        """A part's root element; None where there is no such part. Raises UnreadableFile for broken XML and DTDs."""
        size = self.size(part) if part else None
        if size is None:
            return None
        if size > PART:
            raise UnreadableFile("too_much", self.name)
        raw = self.bytes(part)
        for strict, plain in _STRICT:
            raw = raw.replace(strict, plain)
        with refused_as("damaged", self.name):
            parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
            root = etree.fromstring(raw, parser)
        if root.getroottree().docinfo.doctype:
            raise UnreadableFile("damaged", self.name)
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """Where `part` ("" for the package itself) points to, by relation id."""
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        out = {}
        for element in () if root is None else root.iter(_RELATION):
            target, external = element.get("Target", ""), element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, target.replace("\\", "/"))).strip("/")
            out[element.get("Id", "")] = Relation(element.get("Type", "").rpartition("/")[2], target, external)
        return out

    def main(self, usual: str) -> str:
        """The name of the package's main part; `usual` is where it mostly lies."""
        relations = self.relations("").values()
        return next((r.target for r in relations if r.kind == "officeDocument" and self.size(r.target)), usual)


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
