"""Shapes of background jobs."""

from __future__ import annotations

from legal_service.api.paging import PageQuery
from legal_service.api.schemas.kinds import Open, Shape, choice, moment, number, says, word, yes
from legal_service.jobs.leases import STATUSES


class JobsQuery(PageQuery):
    """Which jobs."""

    status = choice(STATUSES, "状态", "status", load_default="")
    mine = yes("只看本人提交的", "only those I asked for", written=True, load_default=False)


class JobShape(Shape):
    """A job: what it does, how far it is, what came of it."""

    id = number(1, 2**31, "编号", "number", required=True)
    kind = word("种类", "kind", required=True)
    status = choice(STATUSES, "状态", "status", required=True)
    status_label = word("状态名称", "name of the status", required=True)
    requested_by = word("提交人", "asked for by", required=True)
    requested_at = moment("提交时间", "asked for at", required=True)
    attempts = number(0, 2**31, "已试次数", "attempts", required=True)
    done_units = number(0, 2**31, "已完成", "done", required=True)
    total_units = number(0, 2**31, "总数；0 为未知", "of; 0 when unknown", required=True)
    progress_text = word("正在做什么", "what it is at", required=True)
    stop_asked_by = word("要求取消者", "who asked to stop it", required=True)
    finished_at = moment("结束时间", "finished at", required=True, allow_none=True)
    outcome = Open(
        required=True,
        allow_none=True,
        metadata=says(
            "结果，个人信息已遮盖；未结束为 null", "what came of it, personal data masked; null before the end"
        ),
    )


class Accepted(Shape):
    """Work that was asked for: the job that does it."""

    job = number(1, 2**31, "任务编号；见 Location", "number of the job; see Location", required=True)
