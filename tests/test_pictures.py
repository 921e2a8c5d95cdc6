"""Pictures beside the texts: copied where sound, otherwise a problem with its line."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from generator.build.assemble import Assembly, assemble
from generator.hosts.config import load_site
from generator.media.clean_picture import (
    WIDEST,
    UnreadablePictureError,
    clean_picture,
    require_picture,
)
from generator.media.kept_pictures import KeptPictures
from photos import (
    OWNER,
    WORDS,
    animated,
    bomb,
    described,
    empty_avif,
    exif,
    gradient,
    photograph,
    png,
    saved,
    timeless_avif,
    wide_colours,
)
from small import library, snapshot

PNG = png()


def built(root: Path) -> Assembly:
    """Assemble the library in a folder."""
    site, problems = load_site(root / "site_config.yml")
    assert site is not None, problems
    return assemble(site)


def pixels(data: bytes) -> tuple[tuple[int, int], bytes]:
    """Return the size and the pixels of a picture."""
    picture = Image.open(BytesIO(data)).convert("RGB")
    return picture.size, picture.tobytes()


def colour(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """Return red, green, blue and how far a point hides what is behind it."""
    found = picture.convert("RGBA").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def told(assembly: Assembly) -> list[tuple[str, int, str]]:
    """Return code, line and message of each problem."""
    return [(p.code, p.line, p.message) for p in assembly.problems]


def test_a_picture_beside_the_case_is_copied(tmp_path: Path) -> None:
    """The page shows the picture from the folder of pictures, whatever its name."""
    root = library(
        tmp_path, one=snapshot("One", body="![A map](my%20map%23.png)\n\n![B](../m/b.png)")
    )
    (root / "content/cases/my map#.png").write_bytes(PNG)
    (root / "content/m").mkdir()
    (root / "content/m/b.png").write_bytes(png(9))
    made = built(root)
    assert told(made) == []
    files = {document.path: document.content for document in made.documents}
    assert pixels(files["media/cases/my map#.png"]) == pixels(PNG)
    assert pixels(files["media/m/b.png"]) == pixels(png(9))
    page = files["cases/one.html"].decode()
    assert 'src="../media/cases/my%20map%23.png"' in page
    assert 'src="../media/m/b.png"' in page


def test_pictures_nobody_asks_for_are_not_published(tmp_path: Path) -> None:
    """A picture that only an internal record shows stays out of a public build."""
    secret = snapshot("Secret", "visibility: internal\n", "![Plan](plan.png)")
    root = library(tmp_path, one=snapshot("One"), secret=secret)
    for name in ("plan", "unused"):
        (root / f"content/cases/{name}.png").write_bytes(PNG)
    made = built(root)
    assert told(made) == []
    assert not [document for document in made.documents if document.path.startswith("media/")]


@pytest.mark.parametrize(
    ("target", "code", "message"),
    [
        ("gone.png", "missing-picture", "there is no picture 'cases/gone.png'"),
        ("MAP.png", "missing-picture", "there is no picture 'cases/MAP.png'"),
        ("circle.png", "missing-picture", "there is no picture 'cases/circle.png'"),
        ("folder.png", "missing-picture", "there is no picture 'cases/folder.png'"),
        ("page.png", "bad-picture", "no picture that can be shown is in 'cases/page.png'"),
        ("half.jpg", "bad-picture", "no picture that can be shown is in 'cases/half.jpg'"),
        ("bomb.png", "bad-picture", "no picture that can be shown is in 'cases/bomb.png'"),
        (
            "print.tif.png",
            "bad-picture",
            "no picture that can be shown is in 'cases/print.tif.png'",
        ),
        ("drawing.svg", "bad-picture", "'drawing.svg' is not a picture that pages can show"),
        ("leak.png", "outside-content", "'cases/leak.png' is a link that leads out of content"),
        ("../../x.png", "outside-content", "'../../x.png' leads out of content/"),
        ("/etc/x.png", "outside-content", "'/etc/x.png' starts with '/'"),
        ("big.png", "heavy-picture", "'cases/big.png' has 8,000,001 bytes, too many to publish"),
        ("slow.png", "heavy-picture", "'cases/slow.png' has 400,001 bytes"),
        ("wide.png", "", ""),
    ],
)
def test_unsound_pictures(tmp_path: Path, target: str, code: str, message: str) -> None:
    """Each picture that cannot be shown is a problem on the line that asks for it."""
    root = library(tmp_path / "lib", one=snapshot("One", body=f"Text.\n\n![A map]({target})"))
    cases = root / "content/cases"
    (cases / "map.png").write_bytes(PNG)
    (cases / "folder.png").mkdir()
    (cases / "page.png").write_text("<script>alert(1)</script>")
    (cases / "half.jpg").write_bytes(photograph(400, 400)[:2000])
    (cases / "bomb.png").write_bytes(bomb())
    (cases / "print.tif.png").write_bytes(saved(gradient(8, 6), "TIFF"))
    wide = png(WIDEST + 1)
    (cases / "wide.png").write_bytes(wide + bytes(400_001 - len(wide)))
    (cases / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "secret.png").write_bytes(PNG)
    (cases / "leak.png").symlink_to(tmp_path / "secret.png")
    (cases / "circle.png").symlink_to("circle.png")
    (cases / "big.png").write_bytes(PNG + bytes(8_000_001 - len(PNG)))
    (cases / "slow.png").write_bytes(PNG + bytes(400_001 - len(PNG)))
    made = built(root)
    assert told(made) == ([(code, 13, message)] if code else [])
    assert bool(made.documents) == (target in {"slow.png", "wide.png"})


def test_a_photograph_with_a_position_is_published_without_it(tmp_path: Path) -> None:
    """In no file of the whole site is its position, owner, camera, comment or preview."""
    body = "![A](a.jpg)\n\n![B](b.png)\n\n![C](c.webp)\n\n![D](d.gif)\n\n![E](e.avif)"
    root = library(tmp_path, one=snapshot("One", body=body))
    (root / "content/cases/a.jpg").write_bytes(photograph())
    for name, format_ in (
        ("b.png", "PNG"),
        ("c.webp", "WEBP"),
        ("d.gif", "GIF"),
        ("e.avif", "AVIF"),
    ):
        data = described(format_)
        assert OWNER.encode() in data
        (root / "content/cases" / name).write_bytes(data)
    made = built(root)
    assert told(made) == []
    published = {d.path: d.content for d in made.documents if d.path.startswith("media/")}
    assert len(published) == 5
    for document in made.documents:
        assert not [word for word in WORDS if word.encode() in document.content], document.path
    for data in published.values():
        picture = Image.open(BytesIO(data))
        assert not dict(picture.getexif())
        assert not {"exif", "xmp", "comment", "icc_profile", "Author"} & picture.info.keys()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stays_upright(orientation: int) -> None:
    """How the camera was held is no note any more: the pixels are turned."""
    shown = Image.open(BytesIO(clean_picture(photograph(64, 32, orientation))))
    assert shown.size == ((64, 32) if orientation < 5 else (32, 64))
    left, right = (colour(shown, x, 16)[0] for x in (1, shown.width - 2))
    top, foot = (colour(shown, 16, y)[0] for y in (1, shown.height - 2))
    dark_at = {
        1: "left",
        2: "right",
        3: "right",
        4: "left",
        5: "top",
        6: "top",
        7: "foot",
        8: "foot",
    }
    level = {"left": left, "right": right, "top": top, "foot": foot}
    assert min(level, key=lambda side: level[side]) == dark_at[orientation]


def tables(data: bytes) -> dict[int, list[int]]:
    """Return the tables that a JPEG was made with."""
    found: dict[int, list[int]] = getattr(Image.open(BytesIO(data)), "quantization", {})
    return found


@pytest.mark.parametrize("quality", [30, 50, 60, 75, 84, 85])
def test_a_jpeg_is_as_fine_as_it_was(quality: int) -> None:
    """Usual tables stay, so what is published once more is made no worse."""
    fine = BytesIO()
    gradient(200, 100).save(fine, "JPEG", quality=quality)
    once = clean_picture(fine.getvalue())
    assert tables(once) == tables(fine.getvalue())
    assert tables(clean_picture(once)) == tables(once)


def test_the_tables_of_a_jpeg_tell_nothing() -> None:
    """Its tables can hold a text: it gets those that any picture has. Ours are the finest."""
    words = b"Her name is Nusa Penida, of the office in the old port. " * 2
    told = BytesIO()
    gradient(200, 100).save(told, "JPEG", qtables=[list(words[:64]), list(words[40:104])])
    assert b"".join(map(bytes, tables(told.getvalue()).values())).count(b"Penida") == 2
    usual = []
    for quality in range(1, 86):
        made = BytesIO()
        gradient(8, 8).save(made, "JPEG", quality=quality)
        usual.append(tables(made.getvalue()))
    assert tables(clean_picture(told.getvalue())) in usual
    finest = BytesIO()
    gradient(200, 100).save(finest, "JPEG", quality=100)
    assert tables(clean_picture(finest.getvalue())) == usual[-1]


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_a_wide_picture_is_made_smaller(format_: str) -> None:
    """It keeps its proportions and its format."""
    small = Image.open(BytesIO(clean_picture(saved(gradient(WIDEST * 2, 400), format_))))
    assert (small.size, small.format) == ((WIDEST, 200), format_)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixels_can_be_published(mode: str) -> None:
    """Black and white, grey, a palette, half transparent, 16 bits, the inks of a printer."""
    format_ = "JPEG" if mode == "CMYK" else "PNG"
    grey = gradient(WIDEST + 100, 20, "L")
    picture = (
        grey.convert("I").point(lambda v: v * 256).convert("I;16")
        if mode == "I;16"
        else grey.convert(mode)
    )
    narrow = saved(picture.crop((0, 0, 300, 20)), format_)
    if format_ == "PNG":
        assert pixels(clean_picture(narrow)) == pixels(narrow)
    for data in (narrow, saved(picture, format_)):
        shown = Image.open(BytesIO(clean_picture(data)))
        assert shown.width == min(Image.open(BytesIO(data)).width, WIDEST)
        assert shown.mode != "CMYK"
    halves = shown.convert("L").resize((2, 1), Image.Resampling.BOX)
    edges = [colour(halves, x, 0)[0] for x in (0, 1)]
    assert edges[0] < 100
    assert edges[1] > 150


def test_what_is_transparent_stays_so() -> None:
    """Of a palette, and of a palette made smaller."""
    for width in (20, WIDEST + 20):
        picture = Image.new("P", (width, 4), 1)
        picture.putpalette([255, 0, 0, 0, 255, 0])
        picture.paste(0, (0, 0, width // 2, 4))
        shown = Image.open(BytesIO(clean_picture(saved(picture, "PNG", transparency=0))))
        assert colour(shown, 1, 1)[3] == 0
        assert colour(shown, shown.width - 2, 1) == (0, 255, 0, 255)


@pytest.mark.parametrize("format_", ["GIF", "PNG", "WEBP"])
@pytest.mark.parametrize("width", [8, WIDEST * 2])
def test_an_animation_stays_one(format_: str, width: int) -> None:
    """With all its frames, their times, and for ever."""
    shown = Image.open(BytesIO(clean_picture(animated(format_, width))))
    assert (getattr(shown, "n_frames", 1), shown.width) == (3, min(width, WIDEST))
    times, colours = [], []
    for number in range(3):
        shown.seek(number)
        shown.load()
        times.append(shown.info["duration"])
        colours.append(max(range(3), key=lambda band: colour(shown, 2, 2)[band]))
    assert times == [100, 200, 300]
    assert colours == [0, 1, 2]
    assert shown.info.get("loop") == 0


def test_colours_of_another_profile_are_those_of_the_web() -> None:
    """The profile goes out, since it may name somebody; the colours are converted before."""
    data = wide_colours()
    assert b"ICC_PROFILE" in data
    shown = clean_picture(data)
    assert b"ICC_PROFILE" not in shown
    difference = ImageChops.difference(
        *(Image.open(BytesIO(d)).convert("L") for d in (data, shown))
    )
    assert difference.histogram()[16:] == [0] * 240


def test_a_damaged_note_of_a_camera_is_no_obstacle() -> None:
    """A picture that browsers show is published, whatever stands beside its pixels."""
    held = exif(6).tobytes()
    odd = held.replace(b"MM", b"M\xff"), held.replace(b"N\0", b"\xff\xff"), held[:40]
    for note in (b"Exif\0\0garbage", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + bytes(30), b"x", *odd):
        shown = clean_picture(saved(gradient(8, 6), "JPEG", exif=note, icc_profile=b"nonsense"))
        assert Image.open(BytesIO(shown)).size in {(8, 6), (6, 8)}


@pytest.mark.parametrize(
    "data",
    [
        timeless_avif(),
        empty_avif(),
        b"",
        b"GIF89a",
        bomb(),
        photograph(300, 300)[:900],
        png()[:40],
        b"%PDF-1.7",
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    """With one kind of error, whatever Pillow says of it."""
    with pytest.raises(UnreadablePictureError):
        require_picture(data)
    with pytest.raises(UnreadablePictureError):
        clean_picture(data)


def test_a_picture_is_made_once_for_all_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was kept is taken again, but not what somebody changed; what nobody uses is deleted."""
    made: list[bytes] = []

    def noting(data: bytes) -> bytes:
        made.append(data)
        return clean_picture(data)

    monkeypatch.setattr("generator.media.kept_pictures.clean_picture", noting)
    one, two = photograph(), photograph(20, 20)

    def published(*pictures: bytes) -> list[bytes]:
        kept = KeptPictures(tmp_path, b"s" * 32)
        found = [kept.published(picture) for picture in pictures]
        kept.forget_others()
        return found

    first = published(one, two)
    assert published(one, two) == first
    assert made == [one, two]
    for file in (tmp_path / "pictures").iterdir():
        file.write_bytes(file.read_bytes()[:32] + b"other bytes")
    assert published(one, two) == first
    assert made == [one, two] * 2
    published(two)
    assert len(list((tmp_path / "pictures").iterdir())) == 1
    assert KeptPictures(tmp_path, b"t" * 32).published(two) == first[1]
    assert made[4:] == [two]


def test_what_another_version_of_the_program_kept_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version that left a note in pictures cannot hand it on to one that takes it out."""
    monkeypatch.setattr("generator.media.kept_pictures.program_digest", lambda: "older")
    monkeypatch.setattr("generator.media.kept_pictures.clean_picture", lambda data: data)
    picture = photograph()
    assert KeptPictures(tmp_path, b"s" * 32).published(picture) == picture
    monkeypatch.undo()
    kept = KeptPictures(tmp_path, b"s" * 32)
    assert kept.published(picture) == clean_picture(picture)
    kept.forget_others()
    assert len(list((tmp_path / "pictures").iterdir())) == 1


def test_what_a_killed_build_left_half_written_is_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be of a picture that is withheld by now; what is not ours stays."""
    moved: list[str] = []
    monkeypatch.setattr(os, "replace", lambda fresh, _place: moved.append(fresh))
    KeptPictures(tmp_path, b"s" * 32).published(photograph())
    monkeypatch.undo()
    (tmp_path / "pictures/mine.png").touch()
    assert Path(*moved).is_file()
    KeptPictures(tmp_path, b"s" * 32).forget_others()
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == ["mine.png"]


def test_a_camera_s_note_is_there_to_be_taken_out() -> None:
    """The photograph of these tests does hold what is looked for."""
    picture = Image.open(BytesIO(photograph()))
    assert picture.getexif().get_ifd(0x8825)[2] == (17.0, 58.0, 1.5)
    assert all(word.encode() in photograph() for word in WORDS)
    assert exif(6)[0x0112] == 6


def test_what_lies_in_the_cache_instead_of_a_picture_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe, a folder, a link to a file elsewhere: the picture is made anew."""
    picture = photograph()
    kept = KeptPictures(tmp_path, b"s" * 32)
    clean = kept.published(picture)
    (file,) = (tmp_path / "pictures").iterdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(file.read_bytes())
    for make in (os.mkfifo, Path.mkdir, lambda place: place.symlink_to(elsewhere)):
        file.unlink()
        make(file)
        assert kept.published(picture) == clean
        if file.is_dir():
            file.rmdir()
            file.touch()
    assert elsewhere.is_file()
