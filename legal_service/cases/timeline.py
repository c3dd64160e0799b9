"""The time line of a case: everything that happened in it as one list, in words without personal data.

Each source becomes events by a function of its own; `in_order` puts them together, the newest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from legal_service import labels, money
from legal_service.accounts.facts import PostingFact
from legal_service.cases import litigants
from legal_service.cases.docket import Due
from legal_service.cases.position import Milestone
from legal_service.cases.proceedings import Event as Proceeding
from legal_service.contacts.log import Contact
from legal_service.errors import Words

KINDS = (
    "stage", "proceeding", "deadline", "service", "contact", "complaint", "settlement", "document", "approval", "package", "evidence",
    "posting",
)  # fmt: skip

labels.register(
    "timeline",
    {
        "stage": ("阶段", "stages"),
        "proceeding": ("程序", "proceedings"),
        "deadline": ("期限", "deadlines"),
        "service": ("送达", "service of papers"),
        "contact": ("联系", "contacts"),
        "complaint": ("投诉", "complaints"),
        "settlement": ("和解", "settlement"),
        "document": ("文书", "filings"),
        "approval": ("审批", "approvals"),
        "package": ("证据包", "packages"),
        "evidence": ("证据", "evidence"),
        "posting": ("账目", "ledger"),
    },
)

Titles = Mapping[str, Words]
"""Document or kind of exhibit → its title, from the lawyers' drawers above this room; a code without one stands for itself."""

Ref = tuple[str, str]
"""What an event belongs to, for a link: ("revision", "12")."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `moment` is known for some; `on` always. `of` is the code of the paper, rule or exhibit.

    `by` is the colleague's name, or the agency. `personal` marks words that name a person; none do so far.
    """

    on: date
    moment: datetime | None
    kind: str
    words: Words
    by: str
    ref: Ref
    of: str = ""
    personal: bool = False


def in_order(events: Iterable[Event], kinds: Iterable[str] = KINDS) -> list[Event]:
    """The events of these kinds, the newest first; on one day those with an hour first, latest first."""
    wanted = frozenset(kinds)
    return sorted((one for one in events if one.kind in wanted), key=_age, reverse=True)


def _age(event: Event) -> tuple[object, ...]:
    clock = event.moment.isoformat() if event.moment and event.moment.date() == event.on else ""
    return (event.on, clock, event.kind, event.ref[0], event.ref[1].rjust(20))


def stage_event(key: int, source: str, target: str, on: date, moment: datetime, by: str, reason: str = "") -> Event:
    """A move of the case; a closing with its reason."""
    one, other = labels.label("stage", source), labels.label("stage", target)
    why = labels.label("closing_reason", reason) if reason else Words(zh="", en="")
    return Event(
        on, moment, "stage",
        Words(zh=f"{one.zh} → {other.zh}" + (f"（{why.zh}）" if reason else ""),
              en=f"{one.en} → {other.en}" + (f" ({why.en})" if reason else "")),
        by, ("stage_entry", str(key)), target,
    )  # fmt: skip


def opening_event(case_no: str, on: date, by: str) -> Event:
    """The opening of the case."""
    return Event(on, None, "stage", Words(zh="建案", en="case opened"), by, ("case", case_no), "assessment")


def deadline_events(key: int, due: Due) -> list[Event]:
    """The trigger of a deadline, and the day it was done."""
    rule = labels.label("deadline", due.rule)
    provisional = ("（暂定）", " (provisional)") if due.period.provisional else ("", "")
    of = litigants.name(due.subject)
    subject = f" {of.zh}" if due.subject else ""
    whose = f" {of.en}" if due.subject else ""
    began = Words(
        zh=f"{rule.zh}{subject} 起算，法定末日 {due.period.last_day}{provisional[0]}〔{due.period.basis}〕",
        en=f"{rule.en}{whose} runs, legal last day {due.period.last_day}{provisional[1]} [{due.period.basis}]",
    )
    ref = ("deadline", str(key))
    events = [Event(due.trigger, None, "deadline", began, "", ref, due.rule)]
    if due.done_on is not None:
        done = Words(zh=f"{rule.zh}{subject} 办结", en=f"{rule.en}{whose} done")
        events.append(Event(due.done_on, None, "deadline", done, "", ref, due.rule))
    return events


def proceeding_event(event: Proceeding, moment: datetime, by: str, *, withdrawn: bool) -> Event:
    """An event of the proceedings: what, whose, before which court under which number; free notes are not told."""
    name = labels.label("proceeding", event.kind)
    party = litigants.name(event.party)
    more = " ".join(event.data[one] for one in ("court", "number", "mediator", "organisation") if one in event.data)
    zh = name.zh + (f"（{party.zh}）" if event.party else "") + (f" {more}" if more else "")
    en = name.en + (f" ({party.en})" if event.party else "") + (f" {more}" if more else "")
    words = Words(zh=f"{zh}（已撤销登记）", en=f"{en} (taken back)") if withdrawn else Words(zh=zh, en=en)
    return Event(event.on, moment, "proceeding", words, by, ("proceeding_event", str(event.key)), event.kind)


def service_event(
    key: int, document: str, party: str, mode: str, outcome: str, sent_on: date, effective_on: date | None, by: str,
    moment: datetime,
) -> Event:  # fmt: skip
    """An attempt to serve a paper, on the day it took effect, else on the day it was sent."""
    paper, whom = labels.label("served_document", document), labels.label("party", party)
    how, came = labels.label("service_mode", mode), labels.label("outcome", outcome)
    effect = (
        (f"，{effective_on} 生效", f", effective {effective_on}")
        if effective_on
        else ("，未生效", ", did not take effect")
    )
    words = Words(
        zh=f"向{whom.zh}{how.zh}{paper.zh}（{sent_on} 发出）：{came.zh}{effect[0]}",
        en=f"{paper.en} to the {whom.en}, {how.en} (sent {sent_on}): {came.en}{effect[1]}",
    )
    return Event(effective_on or sent_on, moment, "service", words, by, ("service_attempt", str(key)), document)


def contact_event(contact: Contact) -> Event:
    """A line of the contact log: who was reached how, never what was said."""
    channel, way = labels.label("channel", contact.channel), labels.label("direction", contact.direction)
    whom, came = labels.label("party", contact.party), labels.label("outcome", contact.outcome)
    words = Words(
        zh=f"{channel.zh}（{way.zh}）{whom.zh}：{came.zh}", en=f"{channel.en} ({way.en}) {whom.en}: {came.en}"
    )
    by = " ".join(part for part in (contact.agency, contact.agent) if part)
    return Event(contact.at.date(), contact.at, "contact", words, by, ("contact", contact.contact_no), contact.channel)


def complaint_events(complaint_no: str, received_on: date, closed_on: date | None) -> list[Event]:
    """A complaint received, and closed."""
    ref = ("complaint", complaint_no)
    came = Words(
        zh=f"收到投诉 {complaint_no}，办结前暂停升级", en=f"complaint {complaint_no} received; escalation waits"
    )
    events = [Event(received_on, None, "complaint", came, "", ref)]
    if closed_on is not None:
        done = Words(zh=f"投诉 {complaint_no} 办结", en=f"complaint {complaint_no} closed")
        events.append(Event(closed_on, None, "complaint", done, "", ref))
    return events


def settlement_event(key: str, on: date, channel: str, outcome: str, until: date | None) -> Event:
    """An attempt to settle: how and with what outcome; the offer itself is not told (民诉法解释 107)."""
    how, came = labels.label("settlement_channel", channel), labels.label("settlement_outcome", outcome)
    plan = (f"，履行期至 {until}", f", to be kept until {until}") if until else ("", "")
    words = Words(zh=f"和解（{how.zh}）：{came.zh}{plan[0]}", en=f"settlement ({how.en}): {came.en}{plan[1]}")
    return Event(on, None, "settlement", words, "", ("settlement_attempt", key), outcome)


def milestone_event(milestone: Milestone, moment: datetime, by: str, titles: Titles) -> Event | None:
    """What a higher room left: a filing made, approved, a package built. The bare "a statement exists" is not told twice."""
    document, reference = milestone.subject, milestone.reference
    paper = titles.get(document) or labels.families().get("paper", {}).get(document) or Words(document, document)
    item = reference.removeprefix("item:")
    version = (
        Words(f"第 {reference} 号稿", f"revision {reference}")
        if item == reference
        else Words(f"证据库第 {item} 号", f"item {item} of the vault")
    )
    match milestone.kind:
        case "revision":
            words = Words(zh=f"制作《{paper.zh}》（{version.zh}）", en=f"{paper.en} made ({version.en})")
            return Event(milestone.on, moment, "document", words, by, ("revision", reference), document)
        case "approval":
            words = Words(zh=f"审批《{paper.zh}》（{version.zh}）", en=f"{paper.en} approved ({version.en})")
            return Event(milestone.on, moment, "approval", words, by, ("revision", reference), document)
        case "package":
            audience = labels.label("audience", document)
            words = Words(zh=f"生成证据包，接收方：{audience.zh}", en=f"evidence package built for: {audience.en}")
            return Event(milestone.on, moment, "package", words, by, ("package", reference), document)
        case "proof_withdrawn":
            why = labels.label("proof_withdrawn", reference)
            words = Words(zh=f"撤回送达凭证：{why.zh}", en=f"proof of service withdrawn: {why.en}")
            return Event(milestone.on, moment, "service", words, by, ("service_attempt", document))
        case "limitation_decision":
            decision, reason, _proof = reference.split(":")
            one, why = labels.label("limitation_decision", decision), labels.label("decision_reason", reason)
            words = Words(zh=f"{document} {one.zh}（{why.zh}）", en=f"{document}: {one.en} ({why.en})")
            return Event(milestone.on, moment, "approval", words, by, ("loan", document))
        case _:
            return None


def evidence_event(key: int, kind: str, moment: datetime, by: str, titles: Titles) -> Event:
    """An item of evidence taken into the vault; `of` is its kind."""
    title = titles.get(kind, Words(zh=kind, en=kind))
    words = Words(zh=f"证据入库：{title.zh}", en=f"taken into the vault: {title.en}")
    return Event(moment.date(), moment, "evidence", words, by, ("vault_item", str(key)), kind)


def posting_event(line: PostingFact) -> Event:
    """A line of the ledger, with its amount."""
    name, amount = labels.label("posting", line.kind), money.amount_text(line.amount)
    words = Words(zh=f"{name.zh} {amount} 元", en=f"{name.en} CNY {amount}")
    return Event(line.on, None, "posting", words, "", ("posting", line.row.partition(":")[2]), line.kind)
