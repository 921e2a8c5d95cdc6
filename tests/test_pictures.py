"""Pictures beside the texts: copied where sound, otherwise a problem with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.assemble import Assembly, assemble
from generator.hosts.config import load_site
from small import library, snapshot

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def built(root: Path) -> Assembly:
    """Assemble the library in a folder."""
    site, problems = load_site(root / "site_config.yml")
    assert site is not None, problems
    return assemble(site)


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
    (root / "content/m/b.png").write_bytes(PNG + b"2")
    made = built(root)
    assert told(made) == []
    files = {document.path: document.content for document in made.documents}
    assert files["media/cases/my map#.png"] == PNG
    assert files["media/m/b.png"] == PNG + b"2"
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
        ("folder.png", "missing-picture", "there is no picture 'cases/folder.png'"),
        ("page.png", "bad-picture", "there is no picture inside 'cases/page.png'"),
        ("drawing.svg", "bad-picture", "'drawing.svg' is not a picture that pages can show"),
        ("leak.png", "outside-content", "'cases/leak.png' is a link that leads out of content"),
        ("../../x.png", "outside-content", "'../../x.png' leads out of content/"),
        ("/etc/x.png", "outside-content", "'/etc/x.png' starts with '/'"),
        ("big.png", "heavy-picture", "'cases/big.png' has 8,000,001 bytes, too many to publish"),
        ("slow.png", "heavy-picture", "'cases/slow.png' has 400,001 bytes"),
    ],
)
def test_unsound_pictures(tmp_path: Path, target: str, code: str, message: str) -> None:
    """Each picture that cannot be shown is a problem on the line that asks for it."""
    root = library(tmp_path / "lib", one=snapshot("One", body=f"Text.\n\n![A map]({target})"))
    cases = root / "content/cases"
    (cases / "map.png").write_bytes(PNG)
    (cases / "folder.png").mkdir()
    (cases / "page.png").write_text("<script>alert(1)</script>")
    (cases / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "secret.png").write_bytes(PNG)
    (cases / "leak.png").symlink_to(tmp_path / "secret.png")
    (cases / "big.png").write_bytes(PNG + bytes(8_000_001 - len(PNG)))
    (cases / "slow.png").write_bytes(PNG + bytes(400_001 - len(PNG)))
    made = built(root)
    assert told(made) == [(code, 13, message)]
    assert bool(made.documents) == (target == "slow.png")
