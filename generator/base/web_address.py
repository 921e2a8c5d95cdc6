"""Addresses as people type them: which most readers cannot open, and which were meant for the web.

To add a place that readers cannot open, add its host, scheme or path to the lists below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from urllib.parse import parse_qs, unquote, urlsplit


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


UNREACHABLE = "unreachable-link"
"""The code of a problem with such an address."""

OWN_COMPUTER = (
    "is on your own computer, where no reader can open it",
    "put it on a public web page, and write its address",
)
OWN_NETWORK = (
    "is inside the network of an office, where readers cannot open it",
    "write an address that opens on a phone that is not in your network",
)
PASSWORD = (
    "may ask readers to log in",
    "write the address of a public page: try it in a private window of the browser",
)
MAIL = (
    "is inside your mailbox or another program, where readers cannot open it",
    "put it on a public web page, and write its address",
)
"""Each is what is wrong with an address, and the remedy."""

SCHEMES = {
    **dict.fromkeys(("file", "content", "blob", "filesystem", "localhost"), OWN_COMPUTER),
    **dict.fromkeys(("smb", "afp", "nfs", "cifs", "webdav", "davs", "ssh", "sftp"), OWN_NETWORK),
    **dict.fromkeys(("outlook", "message", "mid", "cid", "thunderlink", "imap"), MAIL),
    **dict.fromkeys(("evernote", "msteams", "slack", "notion", "ms-outlook", "zoommtg"), MAIL),
    **dict.fromkeys(("onenote", "ms-word", "ms-excel", "ms-powerpoint", "ms-visio"), PASSWORD),
}
"""How an address begins that opens nowhere else."""

OWN_NAMES = frozenset({"localhost", "localdomain", "lvh.me", "ip6-localhost"})
"""Names of the computer itself; names that end in one of them are so too."""

PRIVATE_ENDINGS = _names(
    "local lan internal intranet intra corp home home.arpa private localnet domain office workgroup"
    " test invalid"
)
"""How names of hosts end that no name server of the world knows."""

PRIVATE_LABEL = re.compile(r"(?:my)?intra(?:net)?\d*", re.IGNORECASE)
"""A part of the name of a host which says that it is for staff: `intranet.example.org`."""

LOGIN_HOSTS = _names(
    # Microsoft
    "sharepoint.com sharepoint.cn sharepoint.us sharepoint.de 1drv.ms 1drv.com onedrive.com"
    " onedrive.live.com teams.microsoft.com teams.live.com cloud.microsoft loop.microsoft.com"
    " office.com office365.com officeapps.live.com outlook.live.com yammer.com"
    " planner.microsoft.com"
    # Google
    " drive.google.com docs.google.com sheets.google.com sites.google.com mail.google.com"
    " meet.google.com chat.google.com classroom.google.com calendar.google.com"
    # others that keep files
    " dropbox.com box.com icloud.com wetransfer.com we.tl pcloud.com egnyte.com sharefile.com"
    " workdrive.zoho.com disk.yandex.ru disk.yandex.com pan.baidu.com docs.qq.com kdocs.cn"
    # rooms where a team works
    " slack.com atlassian.net notion.so basecamp.com app.asana.com monday.com trello.com miro.com"
    " workplace.com feishu.cn larksuite.com dingtalk.com kf.kobotoolbox.org app.powerbi.com"
)
"""Hosts that ask for a password, or may; names that end in one of them are so too."""

OPEN_PAGES = re.compile(
    r"docs\.google\.com/(?:forms/|[a-z]+/d/e/|[a-z]+/(?:u/\d/)?d/[^/]+/pub)"
    r"|app\.powerbi\.com/view\b|(?:www\.|about\.)?(?:dropbox|box|slack|notion|trello|monday|miro)"
    r"\.(?:com|so)/?$|sites\.google\.com/view/|forms\.office\.com/"
    r"|(?:www\.)?office\.com/?$",
    re.IGNORECASE,
)
"""Pages of those hosts that everybody can open."""

LOGIN_PATHS = re.compile(
    r"/_layouts/1[0-9]/|/:[a-z]:/[a-z]/|/Forms/[\w%]+\.aspx|/sites/[^/]+/Shared(?:%20| )Documents/"
    r"|/owa/|/webmail/|/attachment\.ashx|/wp-admin/|/wp-login\.php",
    re.IGNORECASE,
)
"""Parts of an address that stand for a page behind a password, on whatever host."""

WRAPPED_IN = {
    "safelinks.protection.outlook.com": "url",
    "www.google.com/url": "q",
    "l.facebook.com/l.php": "u",
    "lm.facebook.com/l.php": "u",
    "urldefense.proofpoint.com/v2/url": "u",
}
"""Mail programs and searches that put an address in one of their own, and in which part it is."""

LOCAL_FILE = re.compile(r"[A-Za-z]:(?:[\\/]|$)|/(?:Users|Volumes)/|~/", re.ASCII)
IN_PATH = re.compile(r"https?://urldefense\.(?:com|us)/v3/__(https?:/.+?)__;", re.IGNORECASE)
"""An address that a mail program put in the path of its own."""

SHARED_FILE = re.compile(r"\\\\?(?=[^\\\s])")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
ON_WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)

MISTYPED = re.compile(
    r"(?:h{1,2}t{1,3}p{1,2}(s)?[:;.]?[/\\]{1,3}|h{1,2}t{1,3}p{1,2}(s)?[:;])(?=[\w-]+\.\w)",
    re.IGNORECASE,
)
WITHOUT_SCHEME = re.compile(
    r"(?:www\.[\w-]+(?:\.[\w-]+)*|(?:[\w-]+\.)+(?:org|com|net|int|edu|gov|info|ngo|eu|africa|asia|"
    r"(?!md|py|js|ts|rb|sh|gz|ps|ai|rm|ra|db|so|do|go|cs|vb|pl|pm|hs|ml|kt)[a-z]{2}))"
    r"(?::\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
"""An address of the web without its beginning. Two letters name a country, or a kind of file."""

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Why readers cannot open an address, and what to do instead, in words."""

    reason: str
    remedy: str


def unreachable(address: str) -> Unreachable | None:
    """Return why most readers cannot open an address; None where nothing says so."""
    typed = address.strip()[:LONGEST]
    if SHARED_FILE.match(typed):
        return Unreachable(*OWN_NETWORK)
    if LOCAL_FILE.match(typed):
        return Unreachable(*OWN_COMPUTER)
    if not ON_WEB.match(typed):
        scheme = SCHEME.match(typed)
        place = SCHEMES.get(scheme[1].lower()) if scheme else None
        return Unreachable(*place) if place else None
    return _on_web(typed)


def _on_web(typed: str) -> Unreachable | None:
    try:
        parts = urlsplit(typed if ":" in typed.partition("/")[0] else f"https:{typed}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    where = f"{host}{parts.path}"
    in_path = IN_PATH.match(typed)
    if wrapped := in_path[1] if in_path else _wrapped(host, where, parts.query):
        return Unreachable("leads through another site", f"write {wrapped}")
    if place := _of_host(host):
        return Unreachable(*place)
    is_login = _ends_in(host, LOGIN_HOSTS) and not OPEN_PAGES.match(where)
    if is_login or LOGIN_PATHS.search(parts.path):
        return Unreachable(*PASSWORD)
    return None


def _of_host(host: str) -> tuple[str, str] | None:
    """Return why a host is not on the public web, if it is not."""
    try:
        number = ip_address(host)
    except ValueError:
        number = None
    if number is not None:
        mapped = number.ipv4_mapped if isinstance(number, IPv6Address) else None
        number = mapped or number
        if number.is_loopback or number.is_unspecified:
            return OWN_COMPUTER
        return None if number.is_global else OWN_NETWORK
    if _ends_in(host, OWN_NAMES):
        return OWN_COMPUTER
    labels = host.split(".")
    is_private = len(labels) == 1 or any(map(PRIVATE_LABEL.fullmatch, labels[:-1]))
    return OWN_NETWORK if host and (is_private or _ends_in(host, PRIVATE_ENDINGS)) else None


def _ends_in(host: str, names: frozenset[str]) -> bool:
    """Tell whether a host is one of these, or below one."""
    labels = host.split(".")[-4:]
    return any(".".join(labels[at:]) in names for at in range(len(labels)))


def _wrapped(host: str, where: str, query: str) -> str:
    """Return the address inside an address that a mail program or a search made."""
    key = next((key for key in (host, where) if key in WRAPPED_IN), "")
    below = next((one for one in WRAPPED_IN if host.endswith(f".{one}")), key)
    if not below:
        return ""
    inside = parse_qs(query).get(WRAPPED_IN[below], [""])[0]
    if below.startswith("urldefense"):
        inside = unquote(inside.replace("-", "%").replace("_", "/"))
    return inside if inside.startswith(("http://", "https://")) else ""


def completed(address: str) -> str:
    """Return the whole address of the web that was meant, such as https://www.care.org; or ''."""
    typed = address.strip()[:LONGEST]
    if mistyped := MISTYPED.match(typed):
        whole = f"https://{typed[mistyped.end() :]}".replace("\\", "/")
        return "" if ON_WEB.match(typed) and "\\" not in typed[:8] else whole
    return f"https://{typed}" if WITHOUT_SCHEME.fullmatch(typed) else ""
