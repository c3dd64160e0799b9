"""Many cases chosen on the work list and moved: seen first, then asked for once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from legal_service import clock
from legal_service.cases import queries
from legal_service.installation import Installation
from legal_service.tasks import TASKS
from legal_service.worker import work
from tests.web.a_case import a_case, opened
from tests.web.conftest import Desk, plain


def test_the_chosen_cases_are_previewed_and_then_moved_by_a_job(
    lawyer: Desk, installation: Installation, tmp_path: Path
) -> None:
    first = a_case(installation, tmp_path)
    second = opened(installation, "HM0003", ("contact",))
    assert "批量推进：先看会发生什么" in lawyer.read("/cases")
    page = plain(lawyer.post("/many/moves/preview", case=[first, second]).get_data(as_text=True))
    assert "请选择" in page
    page = plain(lawyer.post("/many/moves/preview", case=[first, second], target="contact").get_data(as_text=True))
    assert "将推进 1 件" in page
    assert "□ 已在该阶段" in page
    told = {"case": [first], "target": "contact", "on": clock.today().isoformat()}
    answer = lawyer.post("/many/moves", **told)
    assert answer.status_code == 303
    assert work(installation, TASKS, once=True) == 1
    with installation.reading() as session:
        assert queries.case_row(session, first).stage == "contact"
    assert "批量推进案件" in lawyer.read("/jobs")


def test_what_stands_against_a_move_is_told_case_by_case(
    lawyer: Desk, installation: Installation, tmp_path: Path
) -> None:
    case_no = a_case(installation, tmp_path)
    page = plain(lawyer.post("/many/moves/preview", case=[case_no], target="submitted").get_data(as_text=True))
    assert "✕ 不能推进" in page
    assert "不能从「评估」直接到" in page
    assert lawyer.post("/many/moves", target="submitted", on=clock.today().isoformat()).status_code == 422


def test_collections_may_move_and_a_regulator_may_not(desk: Callable[..., Desk]) -> None:
    assert desk("regulator").post("/many/moves/preview", case=["x"], target="contact").status_code == 403
