"""Lines made ready for filing, here or in other processes: read, their bodies cleaned, cut into words. No database."""

import gc
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field

from articles.html import clean, plain_text, table_rows
from plans.grammar.reading import PlanRead, read_plan

from .sections import NotUnderstood, Outline, outline, with_sections
from .shape import BadRecord, PlanGiven, Record, gettext_noop, parsed, read

AHEAD = 2  # chunks in work a process, so that memory stays flat
FAULT = gettext_noop("The record could not be read: the importer has a fault there. Send the line to whoever runs it.")
OTHER_SHAPE = gettext_noop("The sections are of another shape than this site's; the plan's text was read instead.")


@dataclass
class Ready:
    """A record ready to be filed. `told` are values of functions that articles.told_before knows, for its texts."""

    record: Record
    told: dict[str, dict[str, object]]
    outline: Outline | PlanRead | None = None
    notes: list[str] = field(default_factory=list)


def prepare(raw: bytes, origin: str = "") -> Ready | BadRecord:
    """Read a line and do beforehand what takes long; whatever is in it, nothing is raised."""
    try:
        return _ready(parsed(raw), origin)
    except BadRecord as refusal:
        return refusal
    except Exception:  # noqa: BLE001 one line among millions must not end the run; it is told by its number
        return BadRecord(FAULT)


def _ready(data: dict, origin: str) -> Ready:
    from articles.search import body_words  # not before Django is set up in a process of its own
    from articles.text import first_sentences

    record, notes, found = read(data, origin), [], None
    given = record.text["body"]
    body = clean(given)
    plain = plain_text(body)
    if record.plan:
        found, added = _outline(record.plan, body, plain, notes)
        if added != body:
            given = record.text["body"] = added
            body = clean(added)
            plain = plain_text(body)
    told = {
        "clean": {given: body, body: body},
        "plain_text": {body: plain},
        "first_sentences": {body: first_sentences(body)},
        "body_words": {body: body_words(body)},
    }
    return Ready(record, told, found, notes)


def _outline(plan: PlanGiven, body: str, plain: str, notes: list[str]) -> tuple[Outline | PlanRead, str]:
    """What the sections say, else what stands in the text; and the body, which sections may add to."""
    year = plan.starts_on.year if plan.starts_on else None
    if plan.sections is not None:
        try:
            whole = with_sections(body, plain, plan.sections)
            text = body if whole == body else clean(whole)
            return outline(plan.sections, plan.targets, plain_text(text), year, table_rows(text)), whole
        except NotUnderstood:
            notes.append(OTHER_SHAPE)
    return read_plan(plain, year, table_rows(body)), body


def prepare_all(raws: Sequence[bytes], origin: str) -> list[Ready | BadRecord]:
    return [prepare(raw, origin) for raw in raws]


def prepared[T](
    chunks: Iterable[tuple[T, Sequence[bytes]]], origin: str = "", workers: int = 0
) -> Iterator[tuple[T, list[Ready | BadRecord]]]:
    """Each chunk's lines made ready by `workers` processes (0: by this one), in order; few are held at a time."""
    if workers <= 0:
        for key, raws in chunks:
            yield key, prepare_all(raws, origin)
        return
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)
    try:
        waiting: deque[tuple[T, Future]] = deque()
        for key, raws in chunks:
            waiting.append((key, pool.submit(prepare_all, raws, origin)))
            if len(waiting) >= AHEAD * workers:
                key, future = waiting.popleft()
                yield key, future.result()
        while waiting:
            key, future = waiting.popleft()
            yield key, future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    import django

    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    gc.freeze()  # what is loaded now stays


def _end_with_parent() -> None:
    """A parent that is killed ends no pool: its processes would wait for work for ever."""
    multiprocessing.parent_process().join()
    os._exit(1)
