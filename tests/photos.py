"""Pictures made for tests: sound ones, and a photograph as a telephone leaves it."""

from __future__ import annotations

import zlib
from io import BytesIO

from PIL import Image, ImageCms, PngImagePlugin

OWNER = "Owner Ngozi"
CAMERA = "Camera Zx9"
WORDS = (OWNER, CAMERA, "Exif", "ns.adobe.com/xap", "W5M0MpCehiHzreSzNTczkc9d", "Photoshop 3.0")
"""What must not be found in anything that is published."""

XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta>'
    + OWNER.encode()
    + b"</x:xmpmeta>"
)


def gradient(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Return a picture with something to see: dark at the left, light at the right."""
    return Image.linear_gradient("L").rotate(90).resize((width, height)).convert(mode)


def png(width: int = 8, height: int = 6) -> bytes:
    """Return the bytes of a small PNG picture without anything beside its pixels."""
    return saved(gradient(width, height), "PNG")


def saved(picture: Image.Image, format_: str, **options: object) -> bytes:
    """Return the bytes of a picture in a format."""
    written = BytesIO()
    picture.save(written, format_, **options)
    return written.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """Return what a camera notes: its name, its owner, how it was held, and a position."""
    noted = Image.Exif()
    noted[0x0112] = orientation
    noted[0x0110] = CAMERA
    noted[0x013B] = OWNER
    noted.get_ifd(0x8825).update({1: "N", 2: (17.0, 58.0, 1.5), 3: "E", 4: (102.0, 36.0, 2.5)})
    return noted


def photograph(width: int = 60, height: int = 40, orientation: int = 1) -> bytes:
    """Return a JPEG with a position, an owner, a camera, XMP, IPTC, a comment and a preview."""
    plain = saved(
        gradient(width, height),
        "JPEG",
        exif=exif(orientation).tobytes(),
        xmp=XMP,
        comment=OWNER.encode(),
    )
    iptc = b"Photoshop 3.0\x008BIM" + OWNER.encode()
    marker = b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc
    preview = saved(gradient(16, 16), "JPEG", comment=OWNER.encode())
    return plain[:2] + marker + plain[2:] + preview


def described(format_: str) -> bytes:
    """Return a picture of another format than JPEG with as much beside its pixels as it holds."""
    if format_ == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", OWNER)
        text.add_text("Comment", OWNER, zip=True)
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        return saved(gradient(8, 6), "PNG", pnginfo=text, exif=exif().tobytes())
    if format_ == "GIF":
        return saved(gradient(8, 6, "L"), "GIF", comment=OWNER.encode())
    return saved(gradient(8, 6), format_, exif=exif().tobytes(), xmp=XMP)


def animated(format_: str, width: int = 8) -> bytes:
    """Return an animation of three pictures that are shown 100, 200 and 300 ms, for ever."""
    frames = [Image.new("RGB", (width, 6), colour) for colour in ("red", "green", "blue")]
    options = {"save_all": True, "append_images": frames[1:], "duration": [100, 200, 300]}
    return saved(frames[0], format_, loop=0, **options)


def empty_avif() -> bytes:
    """Return an AVIF picture whose pixels are gone."""
    head, name, pixels = saved(gradient(8, 6), "AVIF").partition(b"mdat")
    return head + name + bytes(len(pixels))


def timeless_avif() -> bytes:
    """Return an AVIF animation in which a second is divided into no parts."""
    data = bytearray(animated("AVIF"))
    for name in (b"mvhd", b"mdhd"):
        at = data.index(name) + 24  # after version, flags and two dates of eight bytes
        data[at : at + 4] = bytes(4)
    return bytes(data)


def wide_colours() -> bytes:
    """Return a JPEG whose colours are of another profile than the web's."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at = profile.find(b"s\x00R\x00G\x00B")
    assert at > 0
    profile[at : at + 7] = b"P\x003\x00x\x00y"
    return saved(gradient(8, 6), "JPEG", icc_profile=bytes(profile))


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """Return a small PNG file that says it has thousands of millions of pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(name + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + name + data + crc

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
