"""One invented case: its known values and how the world spells them."""

from __future__ import annotations

from legal_service.redaction import files
from legal_service.redaction.kinds import Audience, Kind
from legal_service.redaction.operators import Redactor
from legal_service.redaction.spans import KnownValue

NAME = "张三丰"
ID = "11010519491231002X"
MOBILE = "13812345678"
CARD = "6225880123456783"
ADDRESS = "浙江省杭州市余杭区文一西路969号3幢2单元1201室"
EMAIL = "zsf1949@example.com"

KNOWN = (
    KnownValue(Kind.PERSON, NAME),
    KnownValue(Kind.PERSON, "欧阳修远"),
    KnownValue(Kind.ID_NUMBER, ID),
    KnownValue(Kind.MOBILE, MOBILE),
    KnownValue(Kind.BANK_CARD, CARD),
    KnownValue(Kind.ADDRESS, ADDRESS),
    KnownValue(Kind.EMAIL, EMAIL),
    KnownValue(Kind.BIRTH_DATE, "1949-12-31"),
)
PAIRS = [(value.kind, value.value) for value in KNOWN]

CLEAN = (
    "借款合同编号HT20230506000123，合同号：20230506123456789，案号（2023）浙0106民初1234号，借款本金12,345,678.00元，年利率18%，"
    "于2023年5月6日放款。杭州市余杭区人民法院、中国工商银行股份有限公司杭州余杭支行、示例消费金融有限公司。"
    "根据《中华人民共和国民法典》第六百七十四条，借款人应当按期支付利息。客服热线400-820-8888。他很高兴，程序合法。"
)


def a_redactor(audience: Audience = Audience.EXTERNAL_COUNSEL, key: bytes = b"") -> Redactor:
    """The redactor of an audience that has met the people of the case."""
    redactor = Redactor(files.policy_for(audience), key)
    redactor.meet(KNOWN)
    return redactor
