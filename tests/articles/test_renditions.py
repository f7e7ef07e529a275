"""Lighter copies of pictures: what is made of an upload, and what a hostile one does not break."""

import io
from pathlib import Path
from random import Random

import pytest
from django.core.management import call_command
from PIL import Image, ImageCms

from articles import renditions, uploads
from articles.models import MediaFile
from tests.articles.desk_form import upload
from tests.articles.pictures import file, photograph, picture
from tests.factories import make_organization

pytestmark = pytest.mark.django_db
TURNED = 6
HEAVY = 1 << 20


@pytest.fixture
def stored(django_capture_on_commit_callbacks):
    def store(upload) -> MediaFile:
        with django_capture_on_commit_callbacks(execute=True):
            return uploads.store(upload, owner=make_organization(), by=None, alt="会场")

    return store


def opened(media: MediaFile, copy) -> Image.Image:
    with media.file.storage.open(copy.name) as stored:
        image = Image.open(stored)
        image.load()
    return image


def sizes(media: MediaFile) -> list[tuple[int, int]]:
    return [opened(media, copy).size for copy in renditions.copies_of(media)]


@pytest.mark.parametrize(
    ("name", "size", "width", "height", "expected"),
    [
        (
            "ab/12.jpg",
            HEAVY,
            4000,
            3000,
            [("ab/12-480.webp", 480), ("ab/12-960.webp", 960), ("ab/12-1280.webp", 1280), ("ab/12-1600.webp", 1600)],
        ),
        ("ab/12.png", HEAVY, 1000, 10, [("ab/12-480.webp", 480), ("ab/12-960.webp", 960), ("ab/12-1280.webp", 1000)]),
        ("ab/12.webp", HEAVY, 480, 480, [("ab/12-480.webp", 480)]),
        ("ab/12.jpg", HEAVY, 300, 200, [("ab/12-480.webp", 300)]),
        ("ab/12.jpg", HEAVY, 1600, 40000, [("ab/12-480.webp", 480)]),  # WebP holds no more than 16,383 rows
        ("ab/12.jpg", renditions.LIGHT - 1, 4000, 3000, []),
        ("ab/12.jpg", HEAVY, None, None, []),
        ("ab/12.gif", HEAVY, 4000, 3000, []),
        ("ab/12.pdf", HEAVY, None, None, []),
        ("", HEAVY, 4000, 3000, []),
    ],
)
def test_which_copies_a_picture_has(name, size, width, height, expected):
    assert [(copy.name, copy.width) for copy in renditions.copies(name, size, width, height)] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ab/12-480.webp", ["ab/12.jpg", "ab/12.png", "ab/12.webp"]),
        ("ab/12-481.webp", []),
        ("ab/12.webp", []),
        ("ab/12-480.webp.part", []),
        ("-480.webp", []),
    ],
)
def test_a_copy_is_named_by_its_original(name, expected):
    assert renditions.originals(name) == expected


def test_copies_of_a_photograph_are_smaller_and_lighter(stored):
    media = stored(photograph(size=(2400, 1800), quality=95))
    assert sizes(media) == [(480, 360), (960, 720), (1280, 960), (1600, 1200)]
    heavy = [media.file.storage.size(copy.name) for copy in renditions.copies_of(media)]
    assert heavy == sorted(heavy)
    assert heavy[-1] < media.size / 2
    assert {image.format for image in (opened(media, copy) for copy in renditions.copies_of(media))} == {"WEBP"}
    assert not renditions.missing(media)


def test_no_copy_before_the_row_is_there(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks():
        media = uploads.store(photograph(), owner=make_organization(), by=None, alt="会场")
        assert renditions.missing(media) == renditions.copies_of(media) != []


def test_a_telephones_picture_stands_upright_and_says_nothing_of_where_it_was_taken(stored):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = TURNED, "a telephone"
    media = stored(photograph(size=(1000, 500), exif=exif))
    assert (media.width, media.height) == (500, 1000)
    assert sizes(media) == [(480, 960), (500, 1000)]
    for copy in renditions.copies_of(media):
        assert not {"exif", "xmp", "icc_profile"} & opened(media, copy).info.keys()


def test_the_way_up_is_kept(stored):
    image = Image.effect_noise((700, 600), 60).convert("RGB")
    image.paste((255, 0, 0), (0, 0, 700, 300))  # the upper half is red; turned to the right it is the right one
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112] = TURNED
    image.save(out, "JPEG", exif=exif, quality=95)
    media = stored(file("a.jpg", out.getvalue()))
    shown = opened(media, renditions.copies_of(media)[0])
    red, green, _blue = shown.getpixel((shown.width - 20, shown.height // 2))
    assert red > 200 > 60 > green
    assert max(shown.getpixel((20, shown.height // 2))) < 255


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "CMYK"])
def test_pictures_of_all_colours_have_copies(stored, mode):
    media = stored(photograph("a", (1100, 900), "JPEG" if mode == "CMYK" else "PNG", mode))
    assert media.size > renditions.LIGHT
    assert sizes(media) == [(480, 393), (960, 785), (1100, 900)]
    assert {opened(media, copy).mode for copy in renditions.copies_of(media)} == {"RGB"}  # nothing in it is transparent


@pytest.mark.parametrize("mode", ["RGBA", "P"])
def test_what_is_transparent_stays_so(stored, mode):
    image = Image.effect_noise((600, 500), 90).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 600, 100))
    out = io.BytesIO()
    (image.quantize(200) if mode == "P" else image).save(out, "PNG")
    media = stored(file("a.png", out.getvalue()))
    shown = opened(media, renditions.copies_of(media)[0])
    assert [shown.getpixel((200, row))[3] for row in (10, 300)] == [0, 255]


def test_grey_in_sixteen_bits_stays_grey(stored):
    out = io.BytesIO()
    grey = Image.effect_noise((600, 600), 30).convert("I").point(lambda value: value * 256).convert("I;16")
    grey.save(out, "PNG")
    media = stored(file("scan.png", out.getvalue()))
    ((red, *_),) = [opened(media, renditions.copies_of(media)[0]).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))]
    assert 118 < red < 138


def test_colours_of_another_profile_become_those_of_the_web(stored):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"....").replace(b"gXYZ", b"rXYZ").replace(b"....", b"gXYZ")
    image = Image.effect_noise((700, 600), 60).convert("RGB")
    image.paste((255, 0, 0), (0, 0, 700, 100))
    for used, expected in ((profile, 0), (swapped, 1), (profile[:200], 0), (b"no profile", 0)):
        out = io.BytesIO()
        image.save(out, "JPEG", icc_profile=used, quality=95)
        media = stored(file("a.jpg", out.getvalue()))
        shown = opened(media, renditions.copies_of(media)[0]).getpixel((240, 20))
        assert shown[expected] > 200 > 60 > shown[1 - expected]


def moving(kind: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.effect_noise((600, 500), 50 + number).convert("RGB") for number in range(3)]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_moving_pictures_are_left_alone(stored, kind):
    media = stored(file("a.gif", moving(kind)))
    assert media.size > renditions.LIGHT
    assert renditions.missing(media) == renditions.copies_of(media)


def test_broken_exif_does_not_turn_a_picture(stored):
    raw = photograph(exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12").read()
    media = stored(file("a.jpg", raw))
    assert (media.width, media.height) == (1000, 750)
    assert not renditions.missing(media)


@pytest.mark.parametrize("seed", range(8))
def test_what_happens_to_the_file_afterwards_breaks_nothing(stored, seed):
    """Bytes that went bad on the disk: the command goes on, the original is what is served."""
    media = uploads.store(photograph(), owner=make_organization(), by=None, alt="会场")
    random, path = Random(seed), media.file.storage.path(media.file.name)
    with open(path, "r+b") as bad:
        bad.seek(random.randrange(0, 2000))
        bad.write(random.randbytes(200))
        bad.truncate(random.choice([0, 30, 2500, media.size]))
    call_command("make_renditions", verbosity=0)
    assert MediaFile.objects.get().pk == media.pk


def test_a_bomb_does_not_break_the_command(stored, monkeypatch, capsys):
    media = uploads.store(photograph(), owner=make_organization(), by=None, alt="会场")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    call_command("make_renditions")
    assert capsys.readouterr().out == "1 picture(s): copies of 0 made, 1 stay alone.\n"
    assert renditions.missing(media) == renditions.copies_of(media)


def test_a_full_disk_does_not_break_an_upload(desk, owner, django_capture_on_commit_callbacks, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(renditions, "_store", full)
    with django_capture_on_commit_callbacks(execute=True):
        answer = upload(desk, photograph(), owner=owner.pk)
    assert (answer.status_code, MediaFile.objects.count()) == (200, 1)


def test_the_command_makes_what_is_missing_once(stored, capsys):
    first = stored(photograph(size=(1000, 750)))
    second = uploads.store(photograph(size=(900, 700)), owner=first.owner, by=None, alt="会场")
    stored(picture())
    MediaFile.objects.filter(pk=second.pk).update(width=700, height=900)  # as it was once read
    kept = [first.file.storage.get_modified_time(copy.name) for copy in renditions.copies_of(first)]
    call_command("make_renditions")
    assert capsys.readouterr().out == "3 picture(s): copies of 1 made, 0 stay alone.\n"
    second.refresh_from_db()
    assert (second.width, second.height) == (900, 700)
    assert sizes(second) == [(480, 373), (900, 700)]
    assert [first.file.storage.get_modified_time(copy.name) for copy in renditions.copies_of(first)] == kept
    call_command("make_renditions")
    assert capsys.readouterr().out == "3 picture(s): copies of 0 made, 0 stay alone.\n"
    folder = first.file.storage.path(first.file.name).rpartition("/")[0]
    assert not list(Path(folder).glob("*.part*"))
