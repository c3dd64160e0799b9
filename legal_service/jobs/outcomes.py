"""What came of a job, as its row keeps it and as whoever waited for it is told."""

from __future__ import annotations

from typing import Any

from legal_service.access import permissions
from legal_service.errors import Finding, Findings, Refusal, Words
from legal_service.errors import told as finding_told
from legal_service.jobs.leases import JobFacts


def told(refused: Refusal | Findings) -> dict[str, Any]:
    """A refusal, or findings, as the row of a failed job keeps them: in both languages."""
    if isinstance(refused, Refusal):
        return {"refusal": refused.as_json("zh") | {"reason_en": refused.reason.en}}
    return {"findings": [finding_told(one) for one in refused.findings]}


def answer(facts: JobFacts) -> dict[str, Any]:
    """The outcome of a finished job; raises what it met otherwise.

    Refuses as the task refused, `job_stopped` when it was cancelled, `job_dead` when every attempt failed.
    """
    outcome = facts.outcome or {}
    if facts.status == "done":
        return outcome
    if facts.status == "stopped":
        raise job_stopped(facts.id, outcome)
    if refused := outcome.get("refusal"):
        raise Refusal(refused["code"], Words(zh=refused["reason"], en=refused["reason_en"]), refused["basis"])
    if "findings" in outcome:
        raise Findings(
            [
                Finding(
                    one["code"], one["severity"], one["where"],
                    Words(zh=one["message"], en=one["message_en"]), one["basis"],
                )
                for one in outcome["findings"]
            ]
        )  # fmt: skip
    raise job_dead(facts, str(outcome.get("error", "")))


def job_dead(facts: JobFacts, error: str) -> Refusal:
    """What whoever waited is told when every attempt failed."""
    return Refusal(
        "job_dead",
        Words(
            zh=f"任务 {facts.id} 试了 {facts.attempts} 次均未成功（{error}），不再自动重试；请查明原因后重新提交。",
            en=f"job {facts.id} failed {facts.attempts} times ({error}) and is not tried again; mend the cause and ask anew.",
        ),
        "机构内部规则：任务重试（house policy: retries）",
    )


def job_lost(job_id: int) -> Refusal:
    """The refusal of a worker whose job another has taken over."""
    return Refusal(
        "job_lost",
        Words(
            zh=f"任务 {job_id} 已由另一工作进程接手，本次结果作废。",
            en=f"job {job_id} was taken over by another worker; this result is void.",
        ),
        "机构内部规则：一项任务同时只由一个工作进程执行（house policy: one worker a job）",
    )


def job_finished(job_id: int) -> Refusal:
    """The refusal to stop what has ended."""
    return Refusal(
        "job_finished",
        Words(
            zh=f"任务 {job_id} 已经结束，无法取消；请打开任务查看结果。",
            en=f"job {job_id} has ended and cannot be cancelled; open it to see what came of it.",
        ),
        "机构内部规则：已结束的任务不能取消（house policy: what has ended is not cancelled）",
    )


def not_yours() -> Refusal:
    """The refusal to stop a colleague's job."""
    return Refusal(
        "not_permitted",
        Words(
            zh="只能取消自己提交的任务；他人的任务请由其本人、公司律师、合规人员或管理员取消。",
            en="You may cancel your own jobs only; a colleague's is cancelled by himself, an in-house lawyer, compliance or an administrator.",
        ),
        permissions.POLICY,
    )


def job_stopped(job_id: int, outcome: dict[str, Any]) -> Refusal:
    """What whoever waited for a job is told when it was stopped: how much of it stands."""
    done, total = outcome.get("done", 0), outcome.get("total", 0)
    kept = (
        (f"已完成 {done}/{total}，其余", f"{done} of {total} done, nothing else was") if done else ("", "nothing was")
    )
    return Refusal(
        "job_stopped",
        Words(
            zh=f"任务 {job_id} 已取消：{kept[0]}未作任何改动。需要时可重新提交。",
            en=f"job {job_id} was cancelled: {kept[1]} changed. Ask anew when needed.",
        ),
        "机构内部规则：任务可以取消（house policy: jobs can be cancelled）",
    )
