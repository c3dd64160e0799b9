"""Kinds of personal data and the audiences that may see them (contract.md section 6)."""

from __future__ import annotations

from enum import StrEnum

from legal_service import labels


class Kind(StrEnum):
    """What a piece of personal or organisational data is. Models mark their columns with it."""

    PERSON = "PERSON"
    ID_NUMBER = "ID_NUMBER"
    PASSPORT = "PASSPORT"
    PERMIT = "PERMIT"
    MOBILE = "MOBILE"
    LANDLINE = "LANDLINE"
    BANK_CARD = "BANK_CARD"
    EMAIL = "EMAIL"
    ADDRESS = "ADDRESS"
    PLATE = "PLATE"
    WECHAT = "WECHAT"
    QQ = "QQ"
    IP = "IP"
    EMPLOYER = "EMPLOYER"
    HEALTH = "HEALTH"
    BIRTH_DATE = "BIRTH_DATE"
    TITLE_CERTIFICATE = "TITLE_CERTIFICATE"
    USCC = "USCC"
    ORGANISATION = "ORGANISATION"
    ACCOUNT = "ACCOUNT"


class Audience(StrEnum):
    """Who reads a copy that leaves the house."""

    COURT = "court"
    EXTERNAL_COUNSEL = "external_counsel"
    COUNTERPARTY = "counterparty"
    ASSIGNEE = "assignee"
    REGULATOR = "regulator"
    PUBLIC = "public"


labels.register(
    "personal_kind",
    {
        Kind.PERSON: ("姓名", "name of a person"),
        Kind.ID_NUMBER: ("身份证号", "identity number"),
        Kind.PASSPORT: ("护照号", "passport number"),
        Kind.PERMIT: ("通行证号", "travel or residence permit"),
        Kind.MOBILE: ("手机号", "mobile number"),
        Kind.LANDLINE: ("固定电话", "landline number"),
        Kind.BANK_CARD: ("银行卡号", "bank card number"),
        Kind.EMAIL: ("电子邮箱", "e-mail address"),
        Kind.ADDRESS: ("住址", "address"),
        Kind.PLATE: ("车牌号", "number plate"),
        Kind.WECHAT: ("微信号", "WeChat id"),
        Kind.QQ: ("QQ号", "QQ number"),
        Kind.IP: ("网络地址", "IP address"),
        Kind.EMPLOYER: ("工作单位", "employer"),
        Kind.HEALTH: ("健康信息", "health"),
        Kind.BIRTH_DATE: ("出生日期", "date of birth"),
        Kind.TITLE_CERTIFICATE: ("产权证号", "title certificate"),
        Kind.USCC: ("统一社会信用代码", "unified social credit code"),
        Kind.ORGANISATION: ("单位名称", "organisation"),
        Kind.ACCOUNT: ("单位账号", "account of an organisation"),
    },
)
labels.register(
    "audience",
    {
        Audience.COURT: ("法院", "court"),
        Audience.EXTERNAL_COUNSEL: ("外聘律师", "external counsel"),
        Audience.COUNTERPARTY: ("对方当事人", "counterparty"),
        Audience.ASSIGNEE: ("债权受让人", "assignee"),
        Audience.REGULATOR: ("监管机构", "regulator"),
        Audience.PUBLIC: ("公众", "public"),
    },
)
