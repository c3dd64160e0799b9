"""The invented people: borrowers, guarantors and those named as contacts; gender, birth date, region and number agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from legal_service.intake.sample.draw import happens, one_of, weighted
from legal_service.intake.sample.names import COMPOUND, Gender, draw_name, kin_name
from legal_service.intake.sample.numbers import DOMAINS, Numbers
from legal_service.intake.sample.places import Place, draw_address, draw_place

EMPLOYERS = (
    "杭州云途网络科技有限公司", "华兴电子（昆山）有限公司", "中恒物业服务有限公司", "顺捷快运有限公司", "金穗农业发展有限公司", "鼎盛建筑劳务有限公司",
    "康宁医药连锁有限公司", "新梦想教育咨询有限公司", "蓝海餐饮管理有限公司", "瑞丰纺织有限公司", "第三中学", "人民医院", "众合汽车维修服务部",
    "佳美装饰工程有限公司", "海星冷链物流有限公司", "自由职业", "个体工商户", "网约车司机",
)  # fmt: skip
RELATIONS = {"配偶": 40, "父亲": 8, "母亲": 8, "兄弟": 14, "姐妹": 10, "朋友": 20}


@dataclass(frozen=True, slots=True)
class Person:
    """A borrower, or a guarantor (then without employer, card and accounts)."""

    number: str
    name: str
    ethnicity: str
    gender: Gender
    born: date
    id_number: str
    phone: str
    phone2: str
    home: Place
    domicile: str
    residence: str
    employer: str
    email: str
    wechat: str
    bank_card: str

    @property
    def title(self) -> str:
        """How a letter or a collector addresses him or her: 王先生, 欧阳女士, 古丽娜尔女士."""
        head = self.name.partition("·")[0] if "·" in self.name else self.name[:2]
        surname = head if "·" in self.name or head in COMPOUND else self.name[0]
        return surname + ("先生" if self.gender == "男" else "女士")

    def row(self) -> dict[str, str]:
        """The line of borrowers.csv."""
        return {
            "borrower_no": self.number,
            "name": self.name,
            "id_type": "id_card",
            "id_number": self.id_number,
            "gender": self.gender,
            "ethnicity": self.ethnicity,
            "birth_date": self.born.isoformat(),
            "phone": self.phone,
            "phone2": self.phone2,
            "domicile": self.domicile,
            "residence": self.residence,
            "employer": self.employer,
            "email": self.email,
            "wechat": self.wechat,
            "bank_card": self.bank_card,
            "province": self.home.province_name,
        }


@dataclass(frozen=True, slots=True)
class Kin:
    """Somebody close to a borrower: the emergency contact, who may also be the guarantor."""

    relation: str
    name: str
    gender: Gender
    phone: str


def draw_borrower(chance: Random, numbers: Numbers, number: str, as_of: date) -> Person:
    """A borrower between 23 and 57 years old on the business date."""
    gender: Gender = "男" if happens(chance, 60) else "女"
    born = as_of - timedelta(days=round(365.25 * chance.triangular(25, 57, 33)) + chance.randrange(365))
    name = draw_name(chance, gender, born.year)
    home = draw_place(chance, name.provinces)
    domicile = draw_address(chance, home, household=True)
    moved = happens(chance, 38)
    return Person(
        number=number,
        name=name.text,
        ethnicity=name.ethnicity,
        gender=gender,
        born=born,
        id_number=numbers.id_card(chance, home.province, born, male=gender == "男"),
        phone=numbers.mobile(chance),
        phone2=numbers.mobile(chance) if happens(chance, 25) else "",
        home=home,
        domicile=domicile,
        residence=draw_address(chance, draw_place(chance)) if moved else domicile if happens(chance, 70) else "",
        employer=one_of(chance, EMPLOYERS) if happens(chance, 85) else "",
        email=f"{_latin(name.text)}{born.year % 100:02d}@{one_of(chance, DOMAINS)}" if happens(chance, 60) else "",
        wechat=f"{_latin(name.text)[:12]}{chance.randrange(10, 100)}_demo" if happens(chance, 70) else "",
        bank_card=numbers.bank_card(chance),
    )


def draw_kin(chance: Random, numbers: Numbers, borrower: Person) -> Kin:
    """The emergency contact a borrower names."""
    relation = weighted(chance, RELATIONS)
    opposite: Gender = "女" if borrower.gender == "男" else "男"
    gender: Gender = {"配偶": opposite, "父亲": "男", "母亲": "女", "兄弟": "男", "姐妹": "女"}.get(
        relation, "男" if happens(chance, 60) else "女"
    )
    born = borrower.born.year - (26 if relation in ("父亲", "母亲") else 0)
    if relation in ("父亲", "兄弟", "姐妹"):
        name = kin_name(chance, borrower.name, gender, born)
    else:
        name = draw_name(chance, gender, born).text
    return Kin(relation, name, gender, numbers.mobile(chance))


def guarantor_from(chance: Random, numbers: Numbers, kin: Kin, borrower: Person) -> Person:
    """The kin as a guarantor, with an identity number and a domicile of his or her own."""
    older = 26 if kin.relation in ("父亲", "母亲") else chance.randrange(-4, 5)
    born = borrower.born - timedelta(days=round(365.25 * older) + chance.randrange(300))
    together = kin.relation in ("配偶", "父亲", "母亲")
    home = borrower.home if kin.relation != "朋友" else draw_place(chance)
    domicile = borrower.domicile if together else draw_address(chance, home, household=True)
    return Person(
        number="",
        name=kin.name,
        ethnicity="",
        gender=kin.gender,
        born=born,
        id_number=numbers.id_card(chance, home.province, born, male=kin.gender == "男"),
        phone=kin.phone,
        phone2="",
        home=home,
        domicile=domicile,
        residence=domicile,
        employer="",
        email="",
        wechat="",
        bank_card="",
    )


@lru_cache(maxsize=4096)
def _latin(name: str) -> str:
    """A name in Latin letters, as people choose account names; `user` where nothing can be read."""
    from pypinyin import lazy_pinyin

    letters = "".join(part for part in lazy_pinyin(name) if part.isascii() and part.isalpha())
    return letters[:14] or "user"
