"""Where a person lives: an address by rule is at least one place and one detail (road with number, village, room).

Towns and districts alone, courts, companies and offices are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from legal_service.redaction.kinds import Kind
from legal_service.redaction.masks import district_length
from legal_service.redaction.slots import GAP
from legal_service.redaction.spans import Span

_NUM = r"[0-9〇零一二三四五六七八九十百A-Za-z甲乙丙丁东西南北\-—－]{1,8}"
_WORD = r"[\u4e00-\u9fff]"
_PROVINCE = (
    r"(?:(?:北京|上海|天津|重庆)市?|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省?"
    r"|(?:内蒙古|广西壮族|广西|西藏|宁夏回族|宁夏|新疆维吾尔|新疆)(?:自治区)?|香港|澳门)"
)
_STEP = rf"{_WORD}{{1,7}}?(?:省|市|自治州|州|地区|盟|区|县|旗|开发区|新区|镇|乡|街道|苏木)"
_ROAD = rf"{_WORD}{{1,9}}?(?:路|街|大道|大街|巷|弄|胡同|里|道){GAP}(?:{_NUM}{GAP}(?:号院|号楼|号|弄|巷|支弄){GAP})?"
_ESTATE = rf"[{chr(0x4E00)}-{chr(0x9FFF)}0-9A-Za-z·]{{1,12}}?(?:小区|花园|家园|公寓|苑|新村|大厦|广场|山庄|华庭|名邸|雅居|府|湾|城|公馆|社区|宿舍|家属院|院)"
_DETAIL = rf"{_NUM}{GAP}(?:号楼|号院|号|幢|栋|座|楼|层|单元|门|室|户|组|队|社|屯|房)"
_VILLAGE = rf"{_WORD}{{1,8}}?(?:村|屯|庄|寨|社区|居委会|村委会)"
_TAIL = rf"(?:{GAP}(?:{_DETAIL}|{_NUM}(?=[,，。;；、\s]|$)))"
_ADDRESS = re.compile(
    rf"(?:{_PROVINCE}{GAP})?(?:{_STEP}{GAP}){{0,4}}(?:"
    rf"{_ROAD}(?:{_ESTATE})?{_TAIL}+"
    rf"|{_ROAD}{_ESTATE}{_TAIL}*"
    rf"|{_VILLAGE}(?:{GAP}{_VILLAGE})?{_TAIL}+"
    rf"|{_ESTATE}{_TAIL}+"
    rf")"
)
_LABEL = re.compile(
    r"(?:户籍地址|户籍地|户籍|住址|住所地|住所|居住地址|居住地|现住址|现住|家住|住在|经常居住地|送达地址|联系地址|通讯地址|通信地址|家庭地址|地址|收件地址|单位地址|搬到|搬至|位于)"
    rf"{GAP}(?:[:：是为]|变更为)?{GAP}"
)
_PLACE = re.compile(rf"(?:{_PROVINCE}|{_STEP})")
_LABELLED = re.compile(
    rf"(?:{_PROVINCE}{GAP})?(?:{_STEP}{GAP}){{1,4}}[\u4e00-\u9fff0-9A-Za-z\-—－#()（）\u200b]{{2,40}}"
)
_STOP = re.compile(r"[,，。;；!！?？\n\t、]|(?:联系|电话|邮编|身份|手机|的(?!士)|签收|以及|并且|和其|与其)")
_TORN_PLACE = re.compile(r"\n[省市区县州旗](?![\u4e00-\u9fff])")
_COUNTY_NAME = re.compile(r"(?:(?![路街巷道弄村镇乡屯寨庄号院苑园楼室湾城])[\u4e00-\u9fff]){1,3}")
_OFFICE = re.compile(
    r"^[\u4e00-\u9fff]{0,12}?(?:人民法院|法院|仲裁|公安局|派出所|检察院|银行|支行|分行|公司|法庭|司法局|律师事务所|管理局|监管局)"
)
_LEAD = re.compile(
    r"^(?:.*?(?:户籍地址|户籍地|户籍|住址|住所地|居住地址|居住地|现住址|现住|家住|住在|住|送达地址|联系地址|地址|搬到|搬至|位于|寄往|寄到|寄至|邮寄至|送至|是|在|为|于|到|至|我|他|她|从|去|的))(?=.{4})"
)


def addresses(levelled: str) -> Iterator[Span]:
    """Residence addresses in a levelled text, trimmed of the words around them."""
    for found in _ADDRESS.finditer(levelled):
        start, end = _trimmed(levelled, *found.span())
        body = levelled[start:end]
        detailed = end - start >= 5 and re.search(r"\d|[一二三四五六七八九十]", body)
        placed = _PLACE.search(body) or re.search(r"室|幢|栋|单元|号楼|小区|\d+号|组", body)
        if detailed and placed and not _OFFICE.match(levelled[end : end + 20]):
            yield Span(start, end, Kind.ADDRESS, score=6)
    for label in _LABEL.finditer(levelled):
        found_after = _LABELLED.match(levelled, label.end())
        if found_after is None:
            continue
        stop = _STOP.search(levelled, label.end(), found_after.end())
        end = stop.start() if stop else found_after.end()
        if _TORN_PLACE.match(levelled, end):
            end += 2
        body = levelled[label.end() : end]
        if re.search(r"[)）]$", body) and not re.search(r"[(（]", body):
            end -= 1
        if _only_a_place(levelled[label.end() : end]):
            continue
        if end - label.end() >= 6 and not _OFFICE.match(levelled[label.end() : end + 20]):
            yield Span(label.end(), end, Kind.ADDRESS, score=5)


def _only_a_place(address: str) -> bool:
    """Province, city and county stay (法释〔2016〕19号 第十一条), the county's name too when a column's edge cut it short.

    >>> _only_a_place("浙江省杭州市余杭\\n区"), _only_a_place("浙江省杭州市余杭区文一西路")
    (True, False)
    """
    plain = re.sub(r"[\s\u200b]+", "", address)
    rest = plain[district_length(plain) :]
    return not rest or (len(rest) < len(plain) and bool(_COUNTY_NAME.fullmatch(rest)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut leading words that only lead to the address (现住, 寄往, 我在) off the front."""
    province = re.search(_PROVINCE, text[start:end])
    if province and province.start() <= 8:
        return start + province.start(), end
    lead = _LEAD.match(text[start:end])
    return (start + lead.end(), end) if lead else (start, end)
