"""Chinese personal names as a loan book holds them: common and compound surnames, names of other nationalities, rare characters."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

from legal_service.intake.sample.draw import happens, one_of, weighted

Gender = Literal["男", "女"]

# How many in a thousand bear it, roughly; the long tail shares the rest.
SURNAMES = {
    "王": 72, "李": 72, "张": 68, "刘": 54, "陈": 45, "杨": 31, "黄": 22, "赵": 21, "吴": 19, "周": 19, "徐": 14, "孙": 15, "马": 13,
    "朱": 13, "胡": 13, "郭": 12, "何": 12, "林": 11, "高": 10, "罗": 9, "郑": 9, "梁": 8, "谢": 7, "宋": 7, "唐": 7, "许": 7, "韩": 6,
    "邓": 6, "冯": 6, "曹": 6, "彭": 6, "曾": 6, "肖": 6, "田": 5, "董": 5, "潘": 5, "袁": 5, "蔡": 5, "蒋": 5, "余": 5, "于": 5, "杜": 4,
    "叶": 4, "程": 4, "魏": 4, "苏": 4, "吕": 4, "丁": 4, "任": 4, "卢": 4, "姚": 4, "沈": 4, "钟": 4, "姜": 4, "崔": 4, "谭": 4, "陆": 3,
    "范": 3, "汪": 3, "廖": 3, "石": 3, "金": 3, "韦": 3, "贾": 3, "夏": 3, "付": 3, "方": 3, "邹": 3, "熊": 3, "白": 3, "孟": 3, "秦": 3,
    "邱": 3, "侯": 2, "江": 2, "尹": 2, "薛": 2, "闫": 2, "段": 2, "雷": 2, "龙": 2, "黎": 2, "史": 2, "陶": 2, "贺": 2, "毛": 2, "郝": 2,
    "顾": 2, "龚": 2, "邵": 2, "万": 2, "覃": 2, "武": 2, "钱": 2, "戴": 2, "严": 2, "莫": 2, "孔": 2, "向": 2, "常": 2, "仇": 1, "单": 1,
    "解": 1, "查": 1, "区": 1, "朴": 1, "盖": 1, "曲": 1, "母": 1, "幸": 1, "宓": 1,
}  # fmt: skip
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "慕容", "尉迟", "皇甫", "司徒", "夏侯", "令狐")
RARE_SURNAMES = ("䶮", "𠮷", "缑", "亓", "仉", "乜", "逄", "禤", "爨")
RARE_CHARACTERS = "䶮㛃犇堃喆祎珺璟玥翀淼骉镕曌垚赟昶彧"
WORDS = ("高兴", "程序", "黄金", "马力", "白云", "江山", "方正", "文明", "高峰", "安全", "常青", "成功", "康乐", "向阳", "杨柳", "周到",
         "余地", "夏天", "田野", "钟声", "任意", "石头", "金融", "苏醒", "白雪", "温和", "严肃", "唐诗", "江南", "和平")  # fmt: skip
"""Names that are also words: a redactor must know them for names only where a name stands."""

_MEN = {
    1960: ("建国", "国庆", "卫东", "志强", "建华", "永红", "国强", "爱民", "跃进", "福生", "德明", "春生", "金水", "学军", "保国"),
    1975: ("伟", "勇", "军", "强", "斌", "海涛", "志刚", "建军", "文斌", "永强", "晓东", "立新", "国栋", "向东", "红兵", "振华"),
    1986: ("磊", "超", "鹏", "涛", "浩", "凯", "俊杰", "海波", "志远", "明辉", "晓峰", "文涛", "宏伟", "少华", "建平", "佳伟"),
    1996: ("浩然", "子豪", "宇轩", "博文", "天宇", "俊豪", "嘉诚", "泽宇", "一鸣", "昊天", "梓豪", "思远", "家乐", "逸飞", "锦程"),
}  # fmt: skip
_WOMEN = {
    1960: ("桂英", "秀兰", "玉兰", "淑珍", "凤英", "桂花", "爱华", "玉梅", "秀珍", "月娥", "菊香", "素芬", "春梅", "惠芳"),
    1975: ("丽", "艳", "敏", "静", "红梅", "丽华", "海燕", "秀云", "玉玲", "晓红", "春燕", "冬梅", "雪梅", "小芳", "美玲", "彩霞"),
    1986: ("婷", "娜", "倩", "莉", "雪", "婷婷", "丹丹", "晓燕", "佳佳", "文静", "海霞", "丽娟", "慧敏", "思思", "小燕", "玲玲"),
    1996: ("欣怡", "梓涵", "诗涵", "雨桐", "佳怡", "思琪", "梦瑶", "可欣", "雅婷", "晨曦", "语嫣", "静怡", "若曦", "紫萱", "子涵"),
}  # fmt: skip

_UYGHUR_MEN = ("阿卜杜拉", "买买提", "艾合买提", "吐尔逊", "玉素甫", "库尔班", "阿里木江", "艾力", "卡德尔", "热合曼")
_UYGHUR_WOMEN = ("古丽娜尔", "阿依古丽", "热依拉", "帕提古丽", "努尔比娅", "玛依拉", "迪丽达尔", "阿孜古丽")
_TIBETAN_MEN = ("扎西", "多吉", "尼玛", "次仁", "格桑", "旺堆", "平措", "洛桑", "巴桑", "丹增")
_TIBETAN_WOMEN = ("卓玛", "央金", "拉姆", "德吉", "白玛", "曲珍", "梅朵", "桑吉")
_YI = ("吉克", "阿苦", "沙马", "马海", "吉木", "阿尔")
_YI_GIVEN = ("伍果", "拉则", "木呷", "尔古", "阿依", "日火")

OTHER_NATIONALITIES = {
    "回族": 12,
    "满族": 10,
    "壮族": 12,
    "土家族": 7,
    "苗族": 8,
    "蒙古族": 4,
    "布依族": 3,
    "侗族": 3,
    "朝鲜族": 2,
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the nationality that fits it; `provinces` limits where such a bearer usually comes from, empty: anywhere."""

    text: str
    ethnicity: str
    provinces: tuple[str, ...] = ()


def draw_name(chance: Random, gender: Gender, born: int) -> Name:
    """A name for somebody of this gender born in this year."""
    kind = weighted(
        chance, {"han": 925, "uyghur": 9, "tibetan": 5, "yi": 4, "compound": 12, "rare": 18, "word": 16, "other": 55}
    )
    if kind == "uyghur":
        own = one_of(chance, _UYGHUR_MEN if gender == "男" else _UYGHUR_WOMEN)
        return Name(f"{own}·{one_of(chance, _UYGHUR_MEN)}", "维吾尔族", ("65",))
    if kind == "tibetan":
        first, second = chance.sample(_TIBETAN_MEN if gender == "男" else (*_TIBETAN_WOMEN,), 2)
        return Name(first + second, "藏族", ("51", "63"))
    if kind == "yi":
        return Name(f"{one_of(chance, _YI)}·{one_of(chance, _YI_GIVEN)}", "彝族", ("51", "53"))
    if kind == "word":
        return Name(one_of(chance, WORDS), "汉族")
    surname = one_of(chance, COMPOUND) if kind == "compound" else weighted(chance, SURNAMES)
    given = _given(chance, gender, born)
    if kind == "rare":
        if happens(chance, 35):
            surname = one_of(chance, RARE_SURNAMES)
        else:
            given = (given[0] if len(given) > 1 and happens(chance, 60) else "") + one_of(chance, RARE_CHARACTERS)
    return Name(surname + given, weighted(chance, OTHER_NATIONALITIES) if kind == "other" else "汉族")


def kin_name(chance: Random, borrower: str, gender: Gender, born: int) -> str:
    """The name of a brother, sister, parent or child on the father's side: the same surname where the name shows one."""
    surname = borrower[:2] if borrower[:2] in COMPOUND else borrower[0]
    if "·" in borrower or (surname not in SURNAMES and surname not in COMPOUND and surname not in RARE_SURNAMES):
        return draw_name(chance, gender, born).text
    return surname + _given(chance, gender, born)


def _given(chance: Random, gender: Gender, born: int) -> str:
    table = _MEN if gender == "男" else _WOMEN
    era = max((since for since in table if since <= born), default=min(table))
    return one_of(chance, table[era])
