"""One package, one BagIt 1.0 bag (RFC 8493) in one ZIP: whoever opens it can see with common tools that nothing changed.

Two steps, because the timestamp is over the tag manifest: `prepare` reads every file once and makes the manifests,
`write` puts the entries out in order. All entries lie under one directory named like the ZIP, are stored uncompressed
(deflate differs between zlib builds and saves under 4 % on PDF and JPEG) and carry the package date, so that the same files
make the same bytes. The timestamp and its certificates are in no manifest: they come after it.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from legal_service.errors import Refusal, Words

Content = bytes | Callable[[], BinaryIO]
"""A file's bytes, or a way to open it anew for reading; it is opened once to be hashed and once to be written."""

TIMESTAMP = "metadata/timestamp.tsr"
CHAIN = "metadata/tsa-chain.pem"
OUTSIDE_MANIFESTS = frozenset({TIMESTAMP, CHAIN})
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"

_CHUNK = 1 << 20
# The per cent sign: RFC 8493 2.1.3 has it escaped in manifests, and bagit-python does not read the escape.
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*%\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """A bag ready to be written. `tagmanifest` is what the timestamp is over; `digests` are of all files in the manifests."""

    root: str
    on: date
    files: Mapping[str, Content]
    digests: Mapping[str, str]
    tagmanifest: bytes


def check_name(name: str) -> str:
    """A path inside the bag that every common system can write, in Unicode form NFC; refuses (`bad_package_name`) any other.

    >>> check_name("data/exhibits/01-借款合同.pdf")
    'data/exhibits/01-借款合同.pdf'
    """
    name = unicodedata.normalize("NFC", name)
    for part in name.split("/"):
        if (
            part in {"", ".", ".."}
            or _FORBIDDEN.search(part)
            or _RESERVED.fullmatch(part)
            or part[-1] in " ."
            or len(part.encode("utf-8", "replace")) > _LONGEST
        ):
            shown = ascii(name)[:120]
            raise Refusal(
                "bad_package_name",
                Words(zh=f"证据包内的文件名不可用：{shown}", en=f"not a usable file name inside a package: {shown}"),
                "RFC 8493 第 6.1.3 节",
            )
    return name


def prepare(files: Mapping[str, Content], info: Sequence[tuple[str, str]], *, root: str, on: date) -> Plan:
    """Hash every file once and write the manifests.

    `files` maps paths (`data/…` is payload, everything else is about it) to contents; `info` are the lines of bag-info.txt in
    order; `root` names the directory; `on` is the package date. Refuses `bad_package_name` and `duplicate_package_name` (two
    names equal but for case or Unicode form), and timestamps given here.
    """
    contents: dict[str, Content] = {}
    seen: dict[str, str] = {}
    for given in sorted(files):
        name = check_name(given)
        if name in OUTSIDE_MANIFESTS or name in {"bagit.txt", "bag-info.txt", MANIFEST, TAG_MANIFEST}:
            raise ValueError(f"{name} is made by the bag itself")
        if (other := seen.setdefault(name.casefold(), given)) != given:
            raise Refusal(
                "duplicate_package_name",
                Words(
                    zh=f"两个文件在部分系统上同名：{other}、{given}",
                    en=f"two files share a name on some systems: {other}, {given}",
                ),
            )
        contents[name] = files[given]
    digests = {name: _measure(content) for name, content in contents.items()}
    payload = {name: value for name, value in digests.items() if name.startswith("data/")}
    octets = sum(size for _, size in payload.values())
    contents["bagit.txt"] = DECLARATION
    contents["bag-info.txt"] = _info([*info, ("Payload-Oxum", f"{octets}.{len(payload)}")])
    contents[MANIFEST] = _manifest({name: digest for name, (digest, _) in payload.items()})
    tags = {name: _measure(content)[0] for name, content in contents.items() if not name.startswith("data/")}
    contents[TAG_MANIFEST] = tagmanifest = _manifest(tags)
    return Plan(
        root=check_name(root),
        on=on,
        files=contents,
        digests={name: digest for name, (digest, _) in digests.items()} | tags,
        tagmanifest=tagmanifest,
    )


def write(plan: Plan, out: BinaryIO, *, timestamp: bytes | None = None, chain: bytes | None = None) -> None:
    """Write the ZIP, entries sorted by name; the RFC 3161 reply and its certificates go in beside the manifests."""
    contents: dict[str, Content] = dict(plan.files)
    if timestamp is not None:
        contents[TIMESTAMP] = timestamp
    if chain is not None:
        contents[CHAIN] = chain
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(
                f"{plan.root}/{name}", (max(plan.on.year, 1980), plan.on.month, plan.on.day, 0, 0, 0)
            )
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            content = contents[name]
            if isinstance(content, bytes):
                archive.writestr(entry, content)
                continue
            digest = hashlib.sha256()
            with archive.open(entry, "w") as target:
                for chunk in _chunks(content):
                    digest.update(chunk)
                    target.write(chunk)
            if digest.hexdigest() != plan.digests[name]:
                raise OSError(f"{name} changed between being hashed and being written")


def packed(plan: Plan, *, timestamp: bytes | None = None, chain: bytes | None = None) -> bytes:
    """The ZIP as bytes."""
    out = io.BytesIO()
    write(plan, out, timestamp=timestamp, chain=chain)
    return out.getvalue()


def _chunks(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content() as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _measure(content: Content) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(content):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _manifest(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def _info(lines: Sequence[tuple[str, str]]) -> bytes:
    # RFC 8493 2.2.2: one element a line; a line break inside a value would begin a new element.
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in lines).encode()
