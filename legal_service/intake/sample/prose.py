"""What collectors write about a contact: short, and now and then with names and numbers, also of third persons."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from legal_service.intake.sample import institution
from legal_service.intake.sample.draw import one_of
from legal_service.intake.sample.people import Kin, Person

SMS = (
    "【惠民消费金融】{title}，您尾号{tail}的惠民贷本期款项已逾期{days}天，请尽快还款，避免影响个人征信。如已还款请忽略。客服{hotline}",
    "【惠民消费金融】{title}您好，借款{contract}已逾期{days}天。如有困难请联系我们协商，客服{hotline}。",
)
REMINDER = "【惠民消费金融】{title}，您的惠民贷将于{due}还款，请确保尾号{card}的银行卡余额充足。"
APP = "应用内消息：借款{contract}逾期{days}天，可在“我的-还款”中办理还款或申请协商。"
EMAIL = "邮件：致{name}，借款{contract}逾期{days}天，附欠款明细，请于收到后七日内还款或联系我们协商。"

_CONNECTED = (
    "本人接听，核实身份证后四位无误，告知逾期{days}天及金额，客户表示知悉。",
    "接听人称系{name}本人，称近期{reason}，请求宽限，已告知可申请协商方案。",
    "本人接通，称在外地，让添加微信{wechat}发送还款方式，已告知仅使用官方渠道。",
    "{title}接听，称工资卡被冻结，已说明还款账户（{account_name}）。",
    "本人接听，表示已搬至{residence}，请求更改联系地址，已登记。",
)
_PROMISED = (
    "本人承诺于{promise}前先还{sum}元，余款分期。",
    "{title}称{promise}发工资，届时归还本期，已记录承诺。",
    "本人承认欠款，承诺{promise}前由其{relation}{kin}代为转账{sum}元。",
)
_REFUSED = (
    "本人接听后称无力偿还并挂断。",
    "本人称利息过高，要求减免后再谈，拒绝承诺。",
    "接通后表示“要起诉就起诉”，挂断。",
)
_NO_ANSWER = ("响铃无人接听。", "正在通话中，稍后再拨。", "已关机。", "无法接通，转短信提醒。")
_THIRD = (
    "经借款人同意联系紧急联系人{relation}{kin}（{kin_phone}），仅请其转告{name}回电，未透露欠款信息。",
    "{kin}接听，系借款人{relation}，称{name}在外务工，可拨打其另一号码{other_phone}。未告知债务内容。",
    "接听者自称借款人同事{stranger}（电话{stranger_phone}），称不清楚去向，已致歉并结束通话，后续不再拨打。",
)
_INBOUND = (
    "客户来电咨询还款方式及剩余金额，已答复。",
    "客户来电申请延期一个月，称{reason}，已转协商专员{officer}。",
    "客户来电称已还款，核对流水后确认入账。",
)
_VISIT = (
    "上门至{address}，敲门无人应答，未留任何载明欠款的材料。",
    "上门至{address}，邻居称{name}一家已搬走，未透露来意。",
    "上门见到{name}本人，出示证件并告知欠款情况，态度平和。",
)
_REASONS = ("家人生病住院", "工程款未结", "失业", "生意周转困难", "孩子上学用钱", "被公司拖欠工资")


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who may be named in a note."""

    borrower: Person
    kin: Kin
    stranger: str
    stranger_phone: str
    contract_no: str


def write(chance: Random, template: str, who: Speakers, *, days: int = 0, due: str = "", promise: str = "") -> str:
    """Fill one note."""
    borrower = who.borrower
    return template.format(
        name=borrower.name,
        title=borrower.title,
        days=days,
        due=due,
        promise=promise,
        sum=chance.randrange(5, 60) * 100,
        tail=who.contract_no[-5:-1],
        card=borrower.bank_card[-4:],
        contract=who.contract_no,
        hotline=institution.PHONE,
        wechat=borrower.wechat or "同手机号",
        residence=borrower.residence or borrower.domicile,
        address=borrower.residence or borrower.domicile,
        account_name=institution.ACCOUNT_NAME,
        relation=who.kin.relation,
        kin=who.kin.name,
        kin_phone=who.kin.phone,
        other_phone=borrower.phone2 or borrower.phone,
        stranger=who.stranger,
        stranger_phone=who.stranger_phone,
        officer=one_of(chance, institution.OFFICERS),
        reason=one_of(chance, _REASONS),
    )


def note(chance: Random, situation: str) -> str:
    """A template for a situation: the outcome of a call, `third`, `inbound`, `visit`, `visit_empty` or `sms`."""
    table = {
        "connected": _CONNECTED,
        "promised": _PROMISED,
        "acknowledged": _PROMISED[2:],
        "refused": _REFUSED,
        "no_answer": _NO_ANSWER,
        "failed": ("提示已停机，次日再拨。",),
        "third": _THIRD[:2],
        "stranger": _THIRD[2:],
        "inbound": _INBOUND,
        "visit": _VISIT[2:],
        "visit_empty": _VISIT[:2],
        "sms": SMS,
    }
    return one_of(chance, table[situation])
