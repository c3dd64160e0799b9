"""The gate's own reading of text: every known value as one search expression over plainly normalised text.

Nothing here is shared with the redactor: the gate must not repeat its mistakes.
"""

from __future__ import annotations

import base64
import binascii
import html
import itertools
import re
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC
from pypinyin import Style, pinyin

from legal_service.redaction.kinds import Kind

_BETWEEN_HANZI = r"[^\w，,。;；:：!！?？、()《》“”\"'<>]{0,8}"
_BETWEEN_DIGITS = r"[^0-9a-z\u4e00-\u9fff]{0,6}"
_BETWEEN_LETTERS = r"[^0-9a-z\u4e00-\u9fff@,，。;]{0,4}"
_FIGURES = str.maketrans("〇零○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖", "00012345678912123456789")
_WORD_NAMES_WRITTEN = """
高兴 程序 方向 方法 方便 方正 文明 文化 文静 文件 和平 和解 安全 安静 安心 安康 安宁 平安 平静 黄金 黄河 黄山 白云
白雪 白天 马上 高峰 高明 高原 高升 高级 高中 高考 成功 成长 成就 成熟 成立 成员 成本 金融 金额 金星 任何 任意 任务
常青 常见 常常 时光 时间 关心 关键 关于 万里 万元 万事 明白 明天 明星 周全 周到 周期 周末 周年 应该 全部 余额
余生 余地 康复 康宁 康乐 严重 严格 严明 严谨 毕业 牛奶 项目 单位 单独 单元 管理 干净 申请 计划 强制 强大 海洋 海燕
海涛 林业 林海 包括 司法 司机 花园 花费 车辆 何时 何必 武器 凌晨 曲线 阳光 景色 左右 古代 郑重 卓越 顾客 顾问 施工
章程 岳父 岳母 齐全 庄严 纪律 纪念 舒服 舒适 祝福 练习 季度 季节 危险 颜色 夏天 夏雨 宗旨 宣布 吉利 吉祥 陆地 陆续
荣誉 荣幸 储蓄 富裕 秋天 仲裁 甘露 符合 幸福 幸运 黎明 印象 宿舍 从来 乔木 闻名 贡献 劳动 通知 通过 边疆 尚未 农业
温柔 温暖 温馨 别人 习惯 容易 终于 满意 国家 国庆 广州 东方 利息 利率 冷静 辛苦 简单 曾经 丰收 丰富 相关
查询 后来 权利 公司 公平 江山 江河 江南 江苏 苏州 沈阳 云南 石头 石油 田野 田园 水平 向前
向上 红军 红星 晓得 小心 小时 小明 志愿 永远 永久 新年 新华 新民 胜利 光明 光荣 光辉 春天 春节 春风 长江 长城
家和 家庭 天明 大力 大海 大同 正义 正好 正常 自立 思想 思考 学文 学习 华丽 美丽 美好 清华 清明
"""
_WORD_NAMES = frozenset(_WORD_NAMES_WRITTEN.split())
_SLOT_BEFORE = r"(?:人|被告|原告|姓名|户名|客户|本人|配偶|父亲|母亲|妻子|丈夫|儿子|女儿|名叫|我叫|我是|朋友|同事|当事人|签名|签字)\s*[:：是为]?\s*"
_SLOT_AFTER = r"(?=\s*(?:先生|女士|小姐|[(（,，]\s*(?:男|女|身份证|公民身份|[1-9]\d{5})|本人|的?(?:身份证|手机号)))"


@dataclass(frozen=True, slots=True)
class Sought:
    """One known value as what to look for."""

    kind: Kind
    expression: re.Pattern[str]
    whole: frozenset[str]
    literals: tuple[bytes, ...]


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


class _Unseen(dict[int, int | None]):
    """Marks, formatting characters and NUL vanish; the table fills as characters are met."""

    def __missing__(self, code: int) -> int | None:
        unseen = code == 0 or unicodedata.category(chr(code)) in {"Mn", "Me", "Cf"}
        self[code] = None if unseen else code
        return self[code]


_UNSEEN = _Unseen()


def plain(text: str) -> str:
    """Text as the gate compares it: compatibility forms, simplified, lower case, no accents, no unseen marks."""
    if text.isascii():
        return text.lower()
    seen = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", text).translate(_UNSEEN))
    simplified: str = _simplifier().convert(seen)
    return simplified.lower()


def sought(known: Iterable[tuple[Kind, str]]) -> list[Sought]:
    """What to look for, one expression per known value; values of one character cannot be sought."""
    found = []
    for kind, value in known:
        alternatives = [one for one in _spelt(kind, plain(value)) if one]
        if alternatives:
            whole = frozenset(re.sub(r"\W", "", plain(value)))
            found.append(Sought(kind, re.compile("|".join(dict.fromkeys(alternatives))), whole, _literals(value)))
    return found


def _literals(value: str) -> tuple[bytes, ...]:
    """The value as bytes in the encodings a file may hold it in; too short ones would match by chance."""
    written = {value.strip(), re.sub(r"[\s-]", "", value)}
    encoded = {
        one.encode(encoding, "ignore") for one in written for encoding in ("utf-8", "gb18030", "utf-16-be", "utf-16-le")
    }
    return tuple(sorted(one for one in encoded if len(one) >= 6))


def _spelt(kind: Kind, value: str) -> Iterator[str]:
    letters = re.sub(r"[\W_]", "", value)
    if kind is Kind.PERSON:
        yield from _person(value, letters)
    elif kind is Kind.BIRTH_DATE:
        yield from _date(value)
    elif kind is Kind.ADDRESS:
        yield from _address(letters)
    elif kind in {Kind.EMPLOYER, Kind.ORGANISATION, Kind.HEALTH}:
        if len(letters) >= 2:
            yield _joined(letters, _BETWEEN_HANZI)
    else:
        yield from _number(kind, letters)


def _joined(chars: str, between: str) -> str:
    return between.join(re.escape(char) for char in chars)


def _person(value: str, letters: str) -> Iterator[str]:
    if len(letters) < 2:
        return
    if letters.isascii():
        parts = [part for part in re.split(r"[\W_]+", value) if part]
        for named in itertools.permutations(parts[:4]):
            yield _alone(_joined("".join(named), _BETWEEN_LETTERS))
        return
    written = _joined(letters, _BETWEEN_HANZI)
    yield _in_slot(written) if letters in _WORD_NAMES else written
    given = letters[1:] if len(letters) == 3 else letters[2:] if len(letters) == 4 else ""
    if len(given) == 2:
        plainly = _joined(given, r"\s{0,2}")
        yield _in_slot(plainly) if given in _WORD_NAMES else plainly + r"(?![路街道巷镇乡村县市区省国寺桥])"
    readings = pinyin(letters, style=Style.NORMAL, heteronym=True)
    for reading in itertools.islice(itertools.product(*readings), 64):
        spelt = [re.sub(r"[^a-z]", "", plain(one).replace("ü", "v")) for one in reading]
        for cut in {1, 2} if len(spelt) > 2 else {1}:
            for order in ("".join(spelt), "".join(spelt[cut:] + spelt[:cut])):
                if len(order) >= 4:
                    yield _alone(_joined(order, r"[\s,.\-_·]{0,2}")).replace("v", "(?:v|u|yu)")


def _in_slot(written: str) -> str:
    return rf"{_SLOT_BEFORE}{written}|{written}{_SLOT_AFTER}|^\s*{written}\s*$"


def _alone(written: str) -> str:
    return rf"(?<![a-z]){written}(?![a-z])"


def _number(kind: Kind, letters: str) -> Iterator[str]:
    digits = letters.translate(_FIGURES)
    if kind is Kind.MOBILE and len(digits) > 11 and digits.lstrip("0").startswith("86"):
        digits = digits[-11:]
    if len(digits) < 3:
        return
    spelt = _lookalikes(digits)
    yield rf"(?<![0-9a-z]){spelt}(?![0-9a-z])" if len(digits) < 8 else spelt
    window = 12 if len(digits) >= 15 else 9 if kind is Kind.MOBILE else 0
    if window and digits.rstrip("x").isdigit():
        for at in range(len(digits) - window + 1):
            yield _lookalikes(digits[at : at + window])
    if kind is Kind.LANDLINE and len(digits) >= 10 and digits[0] == "0":
        yield rf"(?<!\d){_lookalikes(digits[3 if digits[1] in '12' else 4 :])}(?!\d)"


def _lookalikes(digits: str) -> str:
    forms = {"0": "[0o]", "1": "[1il]"}
    return _BETWEEN_DIGITS.join(forms.get(char, re.escape(char)) for char in digits)


def _address(letters: str) -> Iterator[str]:
    digits = letters.translate(_FIGURES)
    tails = [digits, *(digits[found.end() :] for found in re.finditer(r"省|自治区|市|区|县|旗", digits[:20]))]
    for tail in tails:
        if len(tail) >= 5 and re.search(r"\d|村|路|街|号", tail):
            yield _joined(tail, r"[^0-9a-z\u4e00-\u9fff]{0,4}")


def _date(value: str) -> Iterator[str]:
    found = re.search(r"(\d{4})\D{0,3}(\d{1,2})\D{0,3}(\d{1,2})", value.translate(_FIGURES))
    if found:
        year, month, day = found[1], int(found[2]), int(found[3])
        yield rf"(?<!\d){year}\s*(?:[-/.年]\s*0?{month}\s*[-/.月]\s*0?{day}|{month:02}{day:02})(?!\d)"


def said(text: str) -> Iterator[str]:
    """The text and what its escapes say: entities, percent signs, backslash u, base64; numerals as figures too."""
    layers = [text]
    if "&" in text:
        layers.append(html.unescape(text))
    if "<" in text:
        layers.append(html.unescape(re.sub(r"<[^<>]{0,2000}>", "", text)))
    if "%" in text:
        layers.append(urllib.parse.unquote(text))
    if "\\u" in text:
        layers.append(re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text))
    for run in re.findall(r"[A-Za-z0-9+/]{16,}={0,2}", text):
        try:
            layers.append(base64.b64decode(run, validate=True).decode("utf-8"))
        except (binascii.Error, UnicodeDecodeError):
            continue
    for layer in layers:
        normal = plain(layer)
        yield normal
        figures = normal.translate(_FIGURES)
        if figures != normal:
            yield figures
