"""A batch whose reader was killed is taken up again: by the worker, and by whoever opens its page."""

import os
import socket
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from importer import tasks
from importer.batches import claims, running, silence, uploads
from importer.models import ImportBatch
from tests.factories import make_channel, make_organization, make_user

pytestmark = pytest.mark.django_db
PAGE = "{name}总工会慰问职工\n2021-02-03 来源:{name}总工会\n{name}总工会走访慰问一线职工,送去防暑降温用品300份。\n"


@pytest.fixture
def editor(db):
    make_channel("基层动态", slug="jiceng")
    return make_user("editor", role="editor", organization=make_organization("石桥县总工会"), is_staff=True)


@pytest.fixture
def killed(editor):
    """A batch of three of which one was read when the worker was killed, a second lies claimed."""
    owner = editor.memberships.get().organization
    files = [SimpleUploadedFile(f"{name}.txt", PAGE.format(name=name).encode()) for name in ("甲镇", "乙镇", "丙镇")]
    batch = uploads.take(files, owner=owner, by=editor)

    class Killed(BaseException):
        pass

    def kill(done, total, name):
        raise Killed

    with pytest.raises(Killed):
        running.read_batch(batch.pk, progress=kill)
    batch.items.filter(outcome="queued", name="乙镇.txt").update(
        claimed_by=f"{socket.gethostname()[:60]}:{os.getpid()}:before", claimed_at=timezone.now()
    )
    ImportBatch.objects.update(state="running")
    return batch


def silent(batch, minutes=5):
    ImportBatch.objects.filter(pk=batch.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=minutes))


def outcomes(batch):
    batch.refresh_from_db()
    return batch.state, list(batch.items.order_by("pk").values_list("outcome", flat=True))


def test_the_worker_takes_it_up_once_it_is_silent(killed):
    tasks.look_after.enqueue(killed.pk)
    assert outcomes(killed) == ("running", ["read", "queued", "queued"])
    silent(killed)
    tasks.look_after.enqueue(killed.pk)
    assert outcomes(killed) == ("ended", ["read", "read", "read"])
    tasks.look_after.enqueue(killed.pk)
    assert outcomes(killed) == ("ended", ["read", "read", "read"])


def test_the_worker_comes_back_until_all_is_read(killed, monkeypatch):
    asked = []
    monkeypatch.setattr(tasks, "_come_back", asked.append)
    tasks.look_after.enqueue(killed.pk)
    silent(killed)
    tasks.look_after.enqueue(killed.pk)
    tasks.look_after.enqueue(killed.pk)
    assert asked == [killed.pk, killed.pk]


def test_of_two_who_look_one_takes_it_up(killed):
    silent(killed)
    assert (silence.take_up(killed.pk), silence.take_up(killed.pk)) == (True, False)


@pytest.mark.parametrize("page", ["change", "progress"])
def test_its_page_takes_it_up(killed, client, editor, page):
    client.force_login(editor)
    address = reverse(f"admin:importer_importbatch_{page}", args=[killed.pk])
    client.get(address)
    assert outcomes(killed)[0] == "running"
    silent(killed)
    answer = client.get(address)
    assert outcomes(killed) == ("ended", ["read", "read", "read"])
    if page == "change":
        assert answer.context["taken_up"]


def test_a_run_on_the_server_that_broke_off_is_said_to_and_not_taken_up(editor, client):
    owner = editor.memberships.get().organization
    batch = ImportBatch.objects.create(owner=owner, by=editor, name="服务器上", state="running", total=5, done=2)
    silent(batch)
    client.force_login(editor)
    page = client.get(reverse("admin:importer_importbatch_change", args=[batch.pk]))
    assert (page.context["broken_off"], page.context["running"], page.context["taken_up"]) == (True, False, False)
    assert str(ImportBatch.State.FAILED.label) in str(page.context["state"])
    assert outcomes(batch)[0] == "running"


def test_a_claim_of_an_earlier_process_with_this_ones_number_is_dead():
    own = claims.new_claim()
    host, pid, _ = own.rsplit(":", 2)
    assert (claims._is_dead(own), claims._is_dead(f"{host}:{pid}:other")) == (False, True)
