"""A picture as it is published: its pixels, upright and not too wide, without anything else.

A photograph tells where it was taken, when, with whose camera, and often holds a second, smaller
picture from before it was cut. So nothing is taken out of the file: a new one is made of the
pixels (decision 0023). Pillow does the work; it is loaded with the first picture.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

WIDEST = 1600
"""A picture is published with so many pixels from left to right at most: twice a page's column."""

MOST_PIXELS = 80_000_000
"""A picture of more pixels, in all its frames, is refused: the memory of a small computer."""

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
"""What browsers show, and Pillow reads and writes."""

_SAVED: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "JPEG": {"quality": 85, "optimize": True, "progressive": True, "comment": b""},
        "PNG": {"icc_profile": b""},
        "GIF": {"comment": b""},
        "WEBP": {"quality": 85},
        "AVIF": {"quality": 75, "icc_profile": b""},
    }
)
_STRANGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    RuntimeError,  # this and the next are of the reader of AVIF
    ArithmeticError,
    struct.error,
)
"""What Pillow raises where the bytes are not what they should be."""

_DISPLAY_INFO = (
    "transparency",
    "background",
    "duration",
    "disposal",
    "blend",
    "loop",
    "default_image",
)
"""What Pillow knows of a picture besides its pixels that is needed to show it."""

_ORIENTATION = 0x0112
"""The tag of EXIF that tells how the camera was held, from 1 to 8."""

_RESIZED = frozenset({"L", "LA", "RGB", "RGBA"})
"""The modes that are made smaller as they are; others become one of them first."""


class UnreadablePictureError(ValueError):
    """The bytes are no picture of a known format, a damaged one, or one that is far too large."""


def require_picture(data: bytes) -> int:
    """Read all of a picture, and return its width in pixels; raise UnreadablePictureError."""
    with _read(data) as picture:
        for _ in _frames(picture):
            picture.load()
        return picture.width


def clean_picture(data: bytes) -> bytes:
    """Return a new file of a picture's pixels, in the same format.

    It is upright where its camera only noted how it was held, its colours are those of sRGB, and
    it is `WIDEST` at most. An animation stays one. The tables of a JPEG are new too, since they can
    hold a text; a JPEG that needs no more is about as fine as it was. Raises
    UnreadablePictureError.
    """
    with _read(data) as picture:
        written = BytesIO()
        format_ = _format(picture)
        options = dict(_SAVED[format_])
        if format_ == "WEBP" and b"VP8L" in data:
            options["lossless"] = True
        frames = [_clean(frame) for frame in _frames(picture)]
        if len(frames) > 1:
            times = [frame.info.get("duration", 0) for frame in frames]
            options |= {"save_all": True, "append_images": frames[1:], "duration": times}
            options |= {"loop": picture.info["loop"]} if "loop" in picture.info else {}
        elif frames[0] is picture and picture.format == "JPEG":
            options |= {"quality": _quality(picture), "subsampling": "keep"}
        frames[0].save(written, format_, **options)
        return written.getvalue()


def _quality(picture: Image) -> int:
    """Return the quality of a JPEG, by how coarse its first table is; at most our own.

    The usual tables are one table times a factor, from which libjpeg reckons between 1 and 100.
    """
    tables = getattr(picture, "quantization", {})
    percent = 100 * sum(tables[min(tables)]) / _USUAL_TABLE if tables else 0
    quality = 100 - percent / 2 if percent <= 100 else 5000 / percent  # noqa: PLR2004
    return min(int(_SAVED["JPEG"]["quality"]), max(1, round(quality)))


_USUAL_TABLE = 3685
"""The sum of the numbers in the table of brightness of the JPEG standard, at quality 50."""


@contextmanager
def _read(data: bytes) -> Iterator[Image]:
    """Yield a picture whose pixels are not yet read; whatever is wrong with it is one error."""
    from PIL import Image  # noqa: PLC0415 - 50 ms, for those who have pictures

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of what is judged here
            with Image.open(BytesIO(data), formats=_readable()) as picture:
                pixels = picture.width * picture.height * _number_of_frames(picture)
                if pixels > MOST_PIXELS:
                    raise UnreadablePictureError(f"it has {pixels:,} pixels")
                yield picture
    except Image.DecompressionBombError as error:
        raise UnreadablePictureError("it has far too many pixels") from error
    except _STRANGE as error:
        if isinstance(error, UnreadablePictureError):
            raise
        raise UnreadablePictureError(str(error)) from error


@cache
def _readable() -> tuple[str, ...]:
    """Return the formats that this computer's Pillow reads."""
    from PIL import Image  # noqa: PLC0415 - as above

    Image.init()
    return tuple(name for name in FORMATS if name in Image.OPEN)


def _format(picture: Image) -> str:
    """Return the format of a picture; several JPEGs in one file, as telephones make, are JPEG."""
    return "JPEG" if picture.format == "MPO" else str(picture.format)


def _number_of_frames(picture: Image) -> int:
    """Return how many frames an animation has; what is beside the first JPEG is no frame."""
    return 1 if picture.format == "MPO" else int(getattr(picture, "n_frames", 1))


def _frames(picture: Image) -> Iterator[Image]:
    """Yield each frame, as the same object, turned to it."""
    for number in range(_number_of_frames(picture)):
        if number or _number_of_frames(picture) > 1:
            picture.seek(number)
        yield picture


def _clean(frame: Image) -> Image:
    """Return a frame as it is published; itself, where nothing has to be done to its pixels."""
    frame.load()
    upright = _fitting(_in_srgb(_upright(frame)))
    if upright is frame and _number_of_frames(frame) == 1 and frame.format == "JPEG":
        return frame
    info: dict[str | tuple[int, int], Any] = {
        name: frame.info[name] for name in _DISPLAY_INFO if name in frame.info
    }
    if upright.mode not in {"P", frame.mode}:
        info.pop("transparency", None)
    bare = upright.copy()
    bare.info = info
    return bare


def _upright(frame: Image) -> Image:
    """Return a picture turned as its camera was held; as it is where that cannot be read.

    Pillow's own `exif_transpose` writes the EXIF anew, and fails where something else in it is odd.
    """
    from PIL.Image import Transpose  # noqa: PLC0415 - as above

    turned = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    try:
        method = turned.get(frame.getexif().get(_ORIENTATION, 1))
    except _STRANGE:
        method = None
    return frame if method is None else frame.transpose(method)


def _in_srgb(picture: Image) -> Image:
    """Return a picture with the colours of the web; without its profile it would look pale."""
    from PIL import ImageCms  # noqa: PLC0415 - as above

    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "CMYK"}:
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "srgb" in ImageCms.getProfileDescription(own).casefold():
                return picture
            web = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, own, web, outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            converted = None  # a damaged profile: the colours are taken as they are
        if converted is not None:
            return converted
    return picture.convert("RGB") if picture.mode in {"CMYK", "YCbCr", "LAB", "HSV"} else picture


def _fitting(picture: Image) -> Image:
    """Return a picture that is not too wide, with the same proportions."""
    from PIL import Image  # noqa: PLC0415 - as above

    if picture.width <= WIDEST:
        return picture
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")  # 16 bits to 8
    elif picture.mode not in _RESIZED:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    height = max(1, round(picture.height * WIDEST / picture.width))
    return picture.resize((WIDEST, height), Image.Resampling.LANCZOS)
