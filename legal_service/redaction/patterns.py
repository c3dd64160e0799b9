"""Numbers with letters, and marks that identify by their form: e-mail, plate, passport, permit, WeChat, IP, USCC, title."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from legal_service.redaction import checksums
from legal_service.redaction.kinds import Kind
from legal_service.redaction.slots import GAP
from legal_service.redaction.spans import Span

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}\s?@\s?[A-Za-z0-9-]{1,63}(?:\s?\.\s?[A-Za-z0-9-]{2,63}){1,4}"
)
_PLATE = re.compile(
    rf"[{_PROVINCES}]{GAP}[A-HJ-NP-Za-hj-np-z]{GAP}[·•.\-]?{GAP}(?:[A-HJ-NP-Za-hj-np-z0-9]{GAP}){{4,5}}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳](?![A-Za-z0-9])"
)
_PASSPORT = re.compile(r"(?<![A-Za-z0-9])(?:[EeGgDdSsPpKk]\s?\d{8}|E[A-HJ-NP-Z]\s?\d{7})(?![A-Za-z0-9])")
_PASSPORT_LABEL = re.compile(r"护照(?:号码|号)?\s*[:：是为]?\s*([A-Za-z0-9]{6,10})(?![A-Za-z0-9])")
_PERMIT = re.compile(r"(?<![A-Za-z0-9])[HMCWhmcw]\s?\d{8}(?:\d{2})?(?![A-Za-z0-9])")
_WECHAT = re.compile(
    r"(?:微信(?:号码|号|账号)?|[Vv][Xx]|[Ww][Xx]|WeChat|wechat|weixin|威信|薇信)\s*(?:[:：是为]|ID)?\s*([A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_-])"
)
_WXID = re.compile(r"(?<![A-Za-z0-9])wxid_[a-z0-9]{6,20}")
_IPV4 = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
_IPV6 = re.compile(r"(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{1,4}:){2,7}(?::?[0-9A-Fa-f]{1,4}){1,6}(?![0-9A-Fa-f:])")
_USCC = re.compile(r"(?<![A-Za-z0-9])(?:[0-9A-HJ-NPQRTUWXY][ -]?){17}[0-9A-HJ-NPQRTUWXY](?![A-Za-z0-9])")
_USCC_LABEL = re.compile(r"(?:统一社会信用代码|信用代码|纳税人识别号|税号)[^0-9A-Za-z]{0,8}$")
_TITLE = re.compile(
    rf"[{_PROVINCES}]{GAP}[(（]{GAP}\d{{4}}{GAP}[)）][\u4e00-\u9fff]{{2,16}}不动产(?:权|证明)第{GAP}\d{{4,10}}{GAP}号"
    rf"|[\u4e00-\u9fff]{{0,6}}房[权地]?证?[\u4e00-\u9fff0-9()（）]{{0,12}}字第{GAP}[A-Za-z0-9-]{{4,16}}{GAP}号"
)


def marks(levelled: str) -> Iterator[Span]:
    """All finds of this module in a levelled text."""
    yield from _plain(_EMAIL, Kind.EMAIL, levelled)
    yield from _plain(_PASSPORT, Kind.PASSPORT, levelled)
    yield from _plain(_PERMIT, Kind.PERMIT, levelled)
    yield from _plain(_WXID, Kind.WECHAT, levelled)
    yield from _plain(_TITLE, Kind.TITLE_CERTIFICATE, levelled)
    for pattern, kind in ((_PASSPORT_LABEL, Kind.PASSPORT), (_WECHAT, Kind.WECHAT)):
        for found in pattern.finditer(levelled):
            yield Span(*found.span(1), kind, score=8)
    for found in _PLATE.finditer(levelled):
        if re.search(r"\d", found[0]):
            yield Span(*found.span(), Kind.PLATE, score=8)
    yield from _addresses_of_machines(levelled)
    yield from _credit_codes(levelled)


def _plain(pattern: re.Pattern[str], kind: Kind, text: str) -> Iterator[Span]:
    for found in pattern.finditer(text):
        yield Span(*found.span(), kind, score=8)


def _addresses_of_machines(text: str) -> Iterator[Span]:
    for pattern in (_IPV4, _IPV6):
        for found in pattern.finditer(text):
            if re.search(r"(?:版本|version|v)\s?$", text[max(0, found.start() - 8) : found.start()], re.I):
                continue
            try:
                ipaddress.ip_address(found[0])
            except ValueError:
                continue
            if "." in found[0] or found[0].count(":") >= 4 or "::" in found[0]:
                yield Span(*found.span(), Kind.IP, score=8)


def _credit_codes(text: str) -> Iterator[Span]:
    for found in _USCC.finditer(text):
        code = re.sub(r"[ -]", "", found[0])
        labelled = bool(_USCC_LABEL.search(text[max(0, found.start() - 20) : found.start()]))
        lettered = bool(re.search(r"[A-Z]", code[:17])) and bool(re.match(r"[159ANY][1239]\d{6}", code))
        if labelled or (checksums.uscc(code) and not checksums.id_shape(code)) or lettered:
            yield Span(*found.span(), Kind.USCC, score=15 if checksums.uscc(code) or labelled else 9)
