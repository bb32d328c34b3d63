"""Evidence: originals byte for byte, clean copies, refusals that say why."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from engine import clock
from engine.errors import Incident, Invalid
from tests.domain.pictures import jpeg
from tests.domain.world import World
from workflows.domain import evidence, images


def add(world: World, content: bytes, name: str = "photo.jpg", person: str = "inspector1") -> str:
    with world.bihuan.database.begin() as session:
        return world.bihuan.evidence.add(session, world.actor(person), name, content, clock.now())


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "who took it"
    exif[0x0112] = 6
    written = io.BytesIO()
    Image.new("RGB", (3000, 2000), "red").save(written, "JPEG", exif=exif)
    return written.getvalue()


def test_the_original_is_kept_and_the_copy_is_small_upright_and_bare(world: World) -> None:
    original = with_exif()
    found_id = add(world, original, "C:\\照片\\..\\车间 一.jpg")
    with world.bihuan.database.read() as session:
        found = evidence.get(session, found_id)
    assert world.bihuan.evidence.original(found) == original
    assert found.name == "车间 一.jpg"
    copy = world.bihuan.evidence.screen(found)
    assert copy is not None
    shown = Image.open(io.BytesIO(copy))
    assert max(shown.size) == images.SCREEN_SIDE
    assert shown.height > shown.width
    assert not shown.getexif()
    assert b"who took it" not in copy


def test_a_changed_original_is_noticed(world: World) -> None:
    found_id = add(world, jpeg())
    with world.bihuan.database.read() as session:
        found = evidence.get(session, found_id)
    path = world.bihuan.settings.evidence_directory / found.sha256[:2] / found.sha256
    path.write_bytes(b"other")
    with pytest.raises(Incident, match="unaltered"):
        world.bihuan.evidence.original(found)


def archive() -> bytes:
    """An archive in an archive, as some formats and most mischief have it."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("zeros", bytes(1_000_000))
    with zipfile.ZipFile(outer, "w") as packed:
        packed.writestr("inner.zip", inner.getvalue())
    return outer.getvalue()


def moving(kind: str) -> bytes:
    written = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(written, kind, save_all=True, append_images=frames[1:])
    return written.getvalue()


def boasting() -> bytes:
    """A small picture whose text unpacks to a hundred megabytes."""
    written, told = io.BytesIO(), PngImagePlugin.PngInfo()
    told.add_text("Comment", "x" * 100_000_000, zip=True)
    Image.new("1", (8, 8)).save(written, "PNG", pnginfo=told)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.jpg", "empty"),
        (b"x" * (images.MAX_BYTES + 1), "a.jpg", "at most 20 MB"),
        (b"%PDF-1.7 ...%%EOF", "a.jpg", "named .jpg"),
        (b"%PDF-1.7 ...", "a.pdf", "breaks off"),
        (b"%PDF-1.7 <</S /JavaScript /JS (app.alert(1))>> %%EOF", "a.pdf", "active parts"),
        (b"%PDF-1.7 <</EmbeddedFiles 3 0 R>> %%EOF", "a.pdf", "active parts"),
        (b"GIF89a%PDF-1.7 %%EOF", "a.pdf", "none of these"),
        (jpeg() + archive(), "a.jpg", "archive"),
        (b"%PDF-1.7 %%EOF" + archive(), "a.pdf", "archive"),
        (archive(), "a.jpg", "archive"),
        (moving("PNG"), "a.png", "it moves"),
        (moving("WEBP"), "a.webp", "it moves"),
        (moving("GIF"), "a.gif", "none of these"),
        (boasting(), "a.png", "none of these"),
        (b"<html><script>alert(1)</script>", "a.html", "none of these"),
        (b"MZ program", "a.jpg", "none of these"),
        (jpeg()[:-100], "a.jpg", "to its end"),
        (jpeg(), "a.png", "named .png"),
    ],
)
def test_refusals_say_why(content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        images.read(content, name)
    assert refused.value.message_zh


@pytest.mark.parametrize(
    ("size", "form", "most"),
    [((10_000, 6_000), "JPEG", "50"), ((6_000, 5_000), "PNG", "25"), ((20_000, 20_000), "PNG", "")],
)
def test_too_many_pixels_are_refused_before_decoding(
    size: tuple[int, int], form: str, most: str
) -> None:
    written = io.BytesIO()
    Image.new("L", size).save(written, form)
    name = f"a.{'jpg' if form == 'JPEG' else 'png'}"
    with pytest.raises(Invalid, match=f"at most {most}.*megapixels"):
        images.read(written.getvalue(), name)


def test_forty_megapixels_are_taken() -> None:
    written = io.BytesIO()
    Image.new("L", (8000, 5000)).save(written, "JPEG")
    found = images.read(written.getvalue(), "a.JPG")
    assert (found.width, found.height) == (8000, 5000)


def test_the_second_picture_of_a_telephone_is_no_hindrance() -> None:
    written = io.BytesIO()
    first, second = (Image.new("RGB", (40, 30), colour) for colour in ("red", "blue"))
    first.save(written, "MPO", save_all=True, append_images=[second])
    found = images.read(written.getvalue(), "IMG_1.jpg")
    assert (found.mime, found.width) == ("image/jpeg", 40)
    assert found.screen is not None


def test_transparency_becomes_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(written, "PNG")
    copy = images.read(written.getvalue(), "a.png").screen
    assert copy is not None
    assert Image.open(io.BytesIO(copy)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("a\x00b\u202e.jpg", "ab.jpg"),
        ("..", "file"),
        ("x" * 300 + ".jpg", "x" * 96 + ".jpg"),
        ("现场<1>.png", "现场1.png"),
    ],
)
def test_file_names_are_cleaned(name: str, clean: str) -> None:
    assert evidence.clean_name(name) == clean


def test_a_file_belongs_to_one_case_and_to_its_uploader(world: World) -> None:
    mine, foreign = add(world, jpeg()), add(world, jpeg(colour="blue"), person="inspector2")
    case = world.register(photos=[mine])
    with world.bihuan.database.read() as session:
        assert [one.id for one in evidence.of_case(session, case)] == [mine]
    for stolen in (mine, foreign):
        with pytest.raises(Invalid):
            world.register(description="另一处", photos=[stolen])


def test_the_store_keeps_one_file_per_content(world: World) -> None:
    add(world, jpeg())
    files = set(_files(world.bihuan.settings.evidence_directory))
    add(world, jpeg())
    assert set(_files(world.bihuan.settings.evidence_directory)) == files


def _files(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]
