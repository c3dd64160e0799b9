"""Verify a package with no database and no trust in it: container, manifests, catalogue, binder, custody log, timestamp.

What it answers is the shape of contract.md section 6. It shows that nothing changed since the timestamp and that the parts
agree; it says nothing of whether what was deposited is true (人民法院在线诉讼规则 第十六条至第十八条).
"""

from __future__ import annotations

import hashlib
import io
import re
from typing import Any, BinaryIO

from legal_service.errors import Language
from legal_service.evidence import bag
from legal_service.evidence.agreement import Examination, check_catalogue, check_custody
from legal_service.evidence.archive import Altered, Tree, read_zip
from legal_service.vault import timestamps

REQUIRED = (
    "bagit.txt",
    "bag-info.txt",
    bag.MANIFEST,
    bag.TAG_MANIFEST,
    "data/binder.pdf",
    "data/catalogue.json",
    "data/catalogue.pdf",
    "metadata/custody.jsonl",
    "metadata/provenance.jsonl",
    "metadata/redactions.jsonl",
    "metadata/verify.html",
)

_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(\S.*)")
_ESCAPES = {"%0D": "\r", "%0d": "\r", "%0A": "\n", "%0a": "\n", "%25": "%"}
_MOST_PROBLEMS = 200


def verify(package: bytes | BinaryIO, ca_pem: bytes | None = None, *, language: Language = "zh") -> dict[str, Any]:
    """Verify a zipped package given as bytes or as an open, seekable stream. Never raises on rubbish: it answers problems."""
    stream = io.BytesIO(package) if isinstance(package, bytes) else package
    return verify_tree(read_zip(stream), ca_pem, language=language)


def verify_tree(tree: Tree, ca_pem: bytes | None = None, *, language: Language = "zh") -> dict[str, Any]:
    """Verify a package whose container was read already, zipped or unpacked."""
    case = Examination(tree)
    stamp = timestamps.Stamp(ok=False, trusted=False)
    if tree.entries:
        _hash(case)
        _check_declaration(case)
        _check_manifests(case)
        check_catalogue(case)
        check_custody(case)
        stamp = _check_timestamp(case, ca_pem)
    elif not tree.problems:
        tree.add("", "empty", "证据包内没有文件", "the package holds no file")
    return _answer(tree, language, files=len(case.digests), pages=case.pages, stamp=stamp)


def unreadable(name: str, why: str, *, language: Language = "zh") -> dict[str, Any]:
    """The answer for a package that cannot be opened at all."""
    tree = Tree(root="", entries={})
    tree.add(name, "unreadable", f"无法读取：{why}", f"cannot be read: {why}")
    return _answer(tree, language, files=0, pages=0, stamp=timestamps.Stamp(ok=False, trusted=False))


def _answer(tree: Tree, language: Language, *, files: int, pages: int, stamp: timestamps.Stamp) -> dict[str, Any]:
    problems = [
        {"file": each.file, "code": each.code, "message": each.message.read(language)}
        for each in tree.problems[:_MOST_PROBLEMS]
    ]
    return {"ok": not problems, "files": files, "pages": pages, "problems": problems, "timestamp": stamp.as_json()}


def _hash(case: Examination) -> None:
    for name in sorted(case.tree.entries):
        digest = hashlib.sha256()
        try:
            for chunk in case.tree.chunks(name):
                digest.update(chunk)
        except Altered:
            case.tree.add(name, "changed", "内容已被改动", "its bytes were changed")
            continue
        except OSError as error:
            case.tree.add(name, "unreadable", f"无法读取：{error}", f"cannot be read: {error}")
            continue
        case.digests[name] = digest.hexdigest()
    for name in REQUIRED:
        if name not in case.tree.entries:
            case.tree.add(name, "missing", "缺少必备文件", "a required file is missing")


def _check_declaration(case: Examination) -> None:
    content = case.text("bagit.txt")
    if content is not None and content.replace(b"\r\n", b"\n").rstrip() != bag.DECLARATION.rstrip():
        case.tree.add("bagit.txt", "bagit_declaration", "不是 BagIt 1.0 的声明", "not the declaration of BagIt 1.0")


def _check_manifests(case: Examination) -> None:
    payload = {name for name in case.tree.entries if name.startswith("data/")}
    tags = set(case.tree.entries) - payload - bag.OUTSIDE_MANIFESTS - {bag.TAG_MANIFEST}
    for manifest, expected in ((bag.MANIFEST, payload), (bag.TAG_MANIFEST, tags)):
        content = case.text(manifest)
        if content is None:
            continue
        listed = _read_manifest(case, manifest, content)
        for name in sorted(expected - set(listed)):
            case.tree.add(name, "not_in_manifest", f"未列入 {manifest}", f"not listed in {manifest}")
        for name, digest in sorted(listed.items()):
            if name not in expected:
                if name in case.tree.entries:
                    case.tree.add(name, "wrong_manifest", f"不应列入 {manifest}", f"does not belong into {manifest}")
                elif name not in REQUIRED:
                    case.tree.add(name, "missing", "清单所列文件缺失", "listed in the manifest but missing")
            elif name in case.digests and case.digests[name] != digest:
                case.tree.add(
                    name,
                    "changed",
                    "内容与清单不符，已被改动",
                    "its bytes are not those of the manifest: it was changed",
                )
    _check_oxum(case, payload)


def _read_manifest(case: Examination, manifest: str, content: bytes) -> dict[str, str]:
    listed: dict[str, str] = {}
    try:
        lines = content.decode("utf-8").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError:
        case.tree.add(manifest, "encoding", "清单不是 UTF-8 编码", "the manifest is not in UTF-8")
        return listed
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        found = _LINE.fullmatch(line)
        name = re.sub(r"%(?:0[DdAa]|25)", lambda escape: _ESCAPES[escape[0]], found[2]) if found else ""
        if found is None or name in listed or name.startswith("/") or ".." in name.split("/"):
            case.tree.add(
                manifest, "manifest_line", f"清单第 {number} 行有误", f"line {number} of the manifest is wrong"
            )
            continue
        listed[name] = found[1].lower()
    return listed


def _check_oxum(case: Examination, payload: set[str]) -> None:
    content = case.text("bag-info.txt")
    if content is None:
        return
    info = dict(line.partition(": ")[::2] for line in content.decode("utf-8", "replace").splitlines())
    octets = sum(case.tree.entries[name].size for name in payload)
    if info.get("Payload-Oxum") != f"{octets}.{len(payload)}":
        case.tree.add(
            "bag-info.txt",
            "payload_oxum",
            "载荷的字节数或文件数与 Payload-Oxum 不符",
            "bytes or files of the payload are not those of Payload-Oxum",
        )
    if info.get("External-Identifier", case.tree.root) != case.tree.root:
        case.tree.add(
            "bag-info.txt", "root_name", "目录名称与证据包编号不符", "the directory is not named like the package"
        )


def _check_timestamp(case: Examination, ca_pem: bytes | None) -> timestamps.Stamp:
    nothing = timestamps.Stamp(ok=False, trusted=False)
    reply, data, chain = case.text(bag.TIMESTAMP), case.text(bag.TAG_MANIFEST), case.text(bag.CHAIN)
    if reply is None or data is None:
        case.tree.add(bag.TIMESTAMP, "timestamp_missing", "没有可信时间戳", "there is no trusted timestamp")
        return nothing
    try:
        stamp = timestamps.verify(reply, data, chain_pem=chain)
    except ValueError as error:
        case.tree.add(
            bag.CHAIN,
            "chain_unreadable",
            f"证书文件无法读取：{error}"[:200],
            f"the certificates cannot be read: {error}"[:200],
        )
        chain = None
        stamp = timestamps.verify(reply, data)
    if stamp.ok and ca_pem is not None:
        try:
            stamp = timestamps.verify(reply, data, chain_pem=chain, ca_pem=ca_pem)
        except ValueError as error:
            case.tree.add(
                "",
                "ca_unreadable",
                f"所给的根证书无法读取：{error}"[:200],
                f"the root given cannot be read: {error}"[:200],
            )
    if stamp.problem is not None:
        case.tree.add(bag.TIMESTAMP, stamp.problem.code, stamp.problem.message.zh, stamp.problem.message.en)
    return stamp
