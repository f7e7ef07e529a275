"""Files turned into the importer's output, in this process or in several, always in the order given. Pure."""

import hashlib
import logging
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from importer.proposal import Proposal, output, propose
from importer.readers.unreadable import UnreadableFile, gettext_noop

logger = logging.getLogger(__name__)
AHEAD = 3  # files in work a process, so that memory stays flat
FAULT = gettext_noop("“%(name)s” could not be read: the importer has a fault there. Send the file to whoever runs it.")


@dataclass
class Source:
    """A file to read: its id in the output, its bytes or why they cannot be had, and what the caller knows it by."""

    name: str
    raw: bytes = b""
    refusal: UnreadableFile | None = None
    key: Any = None


@dataclass
class Parsed:
    """The output of a file and the bytes found inside it; `sentence` (with `params`) where it could not be read."""

    output: dict
    files: Mapping[str, bytes] = field(default_factory=dict)
    sentence: str = ""
    params: dict = field(default_factory=dict)


def parse(source: Source) -> Parsed:
    """Read one file; whatever is in it, nothing is raised."""
    try:
        if source.refusal:
            raise source.refusal
        proposal = propose(source.raw, source.name)
        return Parsed(output(proposal), dict(proposal.files))
    except UnreadableFile as error:
        proposal = getattr(error, "proposal", None) or _nothing(source, f"unreadable_{error.code}: {error}")
        return Parsed(output(proposal), sentence=error.message, params=error.params)
    except Exception:
        logger.exception("A fault while reading %s", source.name)
        return _fault(source)


def parse_all(sources: Iterable[Source], workers: int = 1) -> Iterator[tuple[Source, Parsed]]:
    """Each source with what was read in it. Few are held at a time, however many there are."""
    if workers <= 1:
        for source in sources:
            yield source, parse(source)
        return
    with closing(_Pool(workers)) as pool:
        waiting: deque[tuple[Source, Future]] = deque()
        for source in sources:
            waiting.append((source, pool.submit(source)))
            if len(waiting) >= AHEAD * workers:
                yield pool.result(*waiting.popleft())
        while waiting:
            yield pool.result(*waiting.popleft())


class _Pool:
    """Processes that parse. A file that ends its process is read once more by itself before it is given up."""

    def __init__(self, workers: int):
        self.workers = workers
        self.executor = self._start(workers)

    @staticmethod
    def _start(workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))

    def submit(self, source: Source) -> Future:
        bare = Source(source.name, source.raw, source.refusal and _Refused(source.refusal))
        try:
            return self.executor.submit(_parse_there, bare)
        except BrokenProcessPool:
            self.executor.shutdown()
            self.executor = self._start(self.workers)
            return self.executor.submit(_parse_there, bare)

    def result(self, source: Source, future: Future) -> tuple[Source, Parsed]:
        try:
            return source, future.result()
        except BrokenProcessPool:
            with self._start(1) as alone:
                try:
                    return source, alone.submit(_parse_there, Source(source.name, source.raw)).result()
                except BrokenProcessPool:
                    logger.exception("Reading %s ended its process", source.name)
                    return source, _fault(source)

    def close(self) -> None:
        self.executor.shutdown(cancel_futures=True)


class _Refused:
    """A refusal on its way to another process; an exception with arguments of its own does not travel."""

    def __init__(self, error: UnreadableFile):
        self.code, self.name = error.code, error.params["name"]


def _parse_there(source: Source) -> Parsed:
    if source.refusal:
        source.refusal = UnreadableFile(source.refusal.code, source.refusal.name)
    return parse(source)


def _nothing(source: Source, warning: str) -> Proposal:
    return Proposal(source.name, hashlib.sha256(source.raw).hexdigest(), warnings=[warning])


def _fault(source: Source) -> Parsed:
    row = output(_nothing(source, f"fault: {FAULT % {'name': source.name}}"))
    return Parsed(row, sentence=FAULT, params={"name": source.name})
