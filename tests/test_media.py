"""The files of notices: what is kept, under which name, and what is turned away."""

import os
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app import media
from app.media import KEPT_FREE, KEPT_UNNAMED_S, NAME, Media, NoRoom, NotWhatItSays, TooLarge

WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(100)
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(100)


def picture(kind: str = "PNG", colour: str = "teal") -> bytes:
    written = BytesIO()
    Image.new("RGB", (320, 180), colour).save(written, kind)
    return written.getvalue()


def kept(folder: Media, mimetype: str, *pieces: bytes) -> str:
    coming = folder.begin(mimetype)
    try:
        for piece in pieces:
            coming.write(piece)
        return coming.keep()
    finally:
        coming.drop()


@pytest.fixture
def folder(tmp_path: Path) -> Media:
    return Media(tmp_path / "media")


def test_a_file_is_named_by_its_content_and_kept_once(folder: Media) -> None:
    data = picture()
    name = kept(folder, "image/png", data[:50], data[50:])
    assert NAME.fullmatch(name)
    assert kept(folder, "image/png", data) == name
    assert [path.name for path in folder.folder.iterdir()] == [name]
    found = folder.path(name)
    assert found is not None
    with Image.open(found) as image:
        assert (image.format, image.size) == ("PNG", (320, 180))


@pytest.mark.parametrize(
    ("mimetype", "data"),
    [
        ("image/png", picture("PNG")),
        ("image/jpeg", picture("JPEG")),
        ("image/webp", picture("WEBP")),
        ("video/webm", WEBM),
        ("video/mp4", MP4),
    ],
)
def test_what_screens_can_show_is_taken(folder: Media, mimetype: str, data: bytes) -> None:
    assert kept(folder, mimetype, data)


@pytest.mark.parametrize(
    ("mimetype", "data"),
    [
        ("image/png", picture("JPEG")),
        ("image/jpeg", picture("JPEG")[:-200]),
        ("image/png", picture("PNG")[:-30]),
        ("image/png", b"<script>alert(1)</script>"),
        ("image/webp", b""),
        ("video/webm", MP4),
        ("video/mp4", WEBM),
        ("video/mp4", b"GIF89a"),
    ],
)
def test_a_file_that_is_not_what_it_says_leaves_nothing(folder: Media, mimetype: str, data: bytes) -> None:
    with pytest.raises(NotWhatItSays):
        kept(folder, mimetype, data)
    assert list(folder.folder.iterdir()) == []


def photo(kind: str) -> bytes:
    """As a telephone takes it: lying on its side, with place and comment."""
    facts = Image.Exif()
    facts[0x0112] = 6  # to be turned by a quarter
    facts.get_ifd(0x8825)[1] = "N-GPS-HERE"
    facts[0x010E] = "SECRET-DESCRIPTION"
    words = PngInfo()
    words.add_text("Author", "SECRET-AUTHOR")
    more: dict[str, dict[str, Any]] = {
        "JPEG": {"comment": b"SECRET-COMMENT", "xmp": b"SECRET-XMP"},
        "PNG": {"pnginfo": words},
        "WEBP": {},
    }
    written = BytesIO()
    Image.new("RGB", (320, 180), "teal").save(written, kind, exif=facts, **more[kind])
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_does_not_tell_the_hall_where_and_by_whom_it_was_taken(folder: Media, kind: str) -> None:
    data = photo(kind)
    assert b"GPS-HERE" in data
    found = folder.path(kept(folder, f"image/{kind.lower()}", data))
    assert found is not None
    left = found.read_bytes()
    assert b"SECRET" not in left
    assert b"GPS" not in left
    with Image.open(found) as image:
        assert not image.getexif()
        assert image.size == (180, 320), "turned, since what told of it is gone"


def test_a_picture_is_no_larger_than_a_screen(folder: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "SCREEN", (160, 160))
    found = folder.path(kept(folder, "image/png", picture()))
    assert found is not None
    with Image.open(found) as image:
        assert image.size == (160, 90)


def test_a_video_does_not_take_the_last_room_of_the_disk(folder: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=KEPT_FREE))
    with pytest.raises(NoRoom):
        folder.begin("video/webm")
    assert list(folder.folder.iterdir()) == []


@pytest.mark.parametrize("mimetype", ["image/svg+xml", "text/html", ""])
def test_other_kinds_are_not_even_begun(folder: Media, mimetype: str) -> None:
    with pytest.raises(NotWhatItSays):
        folder.begin(mimetype)


def test_a_file_that_goes_on_and_on_is_stopped(folder: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(media.LARGEST, "video", 1000)
    with pytest.raises(TooLarge):
        kept(folder, "video/webm", WEBM, bytes(1000))
    assert list(folder.folder.iterdir()) == []


def test_a_picture_of_more_points_than_a_screen_can_hold_is_refused(
    folder: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "MOST_PIXELS", 320 * 180 - 1)
    with pytest.raises(NotWhatItSays):
        kept(folder, "image/png", picture())


@pytest.mark.parametrize("name", ["../toiluot.db", "x" * 64 + ".png", ("a" * 64) + ".exe", ""])
def test_only_names_of_its_own_open_a_file(folder: Media, name: str) -> None:
    folder.folder.mkdir()
    (folder.folder.parent / "toiluot.db").write_text("secret")
    assert folder.path(name) is None


def test_files_that_no_notice_names_go_a_day_later(folder: Media) -> None:
    shown, left, fresh = (kept(folder, "image/png", picture(colour=colour)) for colour in ("red", "green", "blue"))
    theirs = folder.folder / "readme.txt"
    theirs.write_text("not ours")
    long_ago = (folder.folder / fresh).stat().st_mtime - KEPT_UNNAMED_S - 1
    for path in (folder.folder / shown, folder.folder / left, theirs):
        os.utime(path, (long_ago, long_ago))
    folder.sweep({shown}, fresh)
    assert {path.name for path in folder.folder.iterdir()} == {shown, fresh, "readme.txt"}
