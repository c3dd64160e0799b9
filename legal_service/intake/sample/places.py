"""Where people live: real provinces, cities and districts, invented roads, estates and villages."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from legal_service.intake.sample.draw import happens, one_of


@dataclass(frozen=True, slots=True)
class Place:
    """A district or county. `province` is its two digits of GB/T 2260; `city` is empty where the province is the city."""

    province: str
    province_name: str
    city: str
    district: str

    @property
    def text(self) -> str:
        """As an address begins: 浙江省杭州市西湖区."""
        return self.province_name + self.city + self.district


_TABLE = """
11 北京市 - 海淀区 丰台区 通州区 昌平区
12 天津市 - 河西区 北辰区
13 河北省 石家庄市 长安区 正定县
14 山西省 太原市 小店区 清徐县
21 辽宁省 沈阳市 铁西区 新民市
31 上海市 - 闵行区 松江区 浦东新区
32 江苏省 苏州市 吴中区 昆山市
32 江苏省 徐州市 泉山区 睢宁县
33 浙江省 杭州市 西湖区 余杭区 萧山区
33 浙江省 温州市 鹿城区 苍南县
34 安徽省 合肥市 蜀山区 肥东县
34 安徽省 阜阳市 颍州区 临泉县
35 福建省 泉州市 丰泽区 晋江市
36 江西省 赣州市 章贡区 于都县
37 山东省 济南市 历城区 章丘区
37 山东省 临沂市 兰山区 莒南县
41 河南省 郑州市 金水区 中牟县
41 河南省 周口市 川汇区 商水县
42 湖北省 武汉市 洪山区 黄陂区
43 湖南省 长沙市 岳麓区 宁乡市
44 广东省 深圳市 龙岗区 宝安区
44 广东省 东莞市 -
45 广西壮族自治区 南宁市 西乡塘区 武鸣区
50 重庆市 - 渝北区 万州区
51 四川省 成都市 武侯区 双流区
51 四川省 凉山彝族自治州 西昌市 昭觉县
52 贵州省 遵义市 红花岗区 桐梓县
53 云南省 昆明市 五华区 宜良县
61 陕西省 西安市 雁塔区 蓝田县
63 青海省 西宁市 城东区 大通回族土族自治县
65 新疆维吾尔自治区 喀什地区 喀什市 疏附县
65 新疆维吾尔自治区 乌鲁木齐市 天山区 沙依巴克区
"""


def _places() -> tuple[Place, ...]:
    found = []
    for line in _TABLE.split("\n"):
        if line:
            code, province, city, *districts = line.split()
            for district in districts:
                found.append(Place(code, province, city.strip("-"), district.strip("-")))
    return tuple(found)


PLACES = _places()

# Invented names: a road or estate of the same name somewhere would be chance, and no house number below stands for a household.
_ROADS = (
    "惠泽路",
    "安澜路",
    "景和街",
    "文澜路",
    "丰穗路",
    "晴川巷",
    "云栖大道",
    "望江西路",
    "永宁街",
    "青禾路",
    "锦书路",
    "长乐东路",
    "朝晖南街",
    "知行路",
)
_ESTATES = (
    "锦绣家园",
    "阳光花园",
    "翠湖小区",
    "和顺新村",
    "金桂苑",
    "学府公寓",
    "丽景华庭",
    "幸福里小区",
    "紫薇花园",
    "东方雅居",
)
_TOWNS = ("清溪镇", "永丰镇", "龙泉乡", "白马镇", "双河镇", "新店镇", "大石桥乡")
_VILLAGES = ("张家湾村", "上河村", "红星村", "李楼村", "石板村", "柳树屯", "东明村", "五里铺村")


def draw_place(chance: Random, provinces: tuple[str, ...] = ()) -> Place:
    """A district, of one of these provinces if any are named."""
    choice = [place for place in PLACES if place.province in provinces] if provinces else PLACES
    return one_of(chance, choice)


def draw_address(chance: Random, place: Place, *, household: bool = False) -> str:
    """A full address. `household` registers are older: more villages, fewer estates."""
    rural = place.district.endswith(("县", "市")) or not place.district
    if rural and happens(chance, 55 if household else 25):
        return f"{place.text}{one_of(chance, _TOWNS)}{one_of(chance, _VILLAGES)}{chance.randrange(1, 13)}组{chance.randrange(1, 90)}号"
    road = f"{one_of(chance, _ROADS)}{chance.randrange(1, 420)}号"
    flat = f"{chance.randrange(1, 32)}幢{chance.randrange(1, 5)}单元{chance.randrange(1, 27)}{chance.randrange(1, 5):02d}室"
    if happens(chance, 70):
        return place.text + road + one_of(chance, _ESTATES) + flat
    return place.text + road + flat
