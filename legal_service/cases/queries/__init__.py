"""What the room tells: positions and history, the work list, search, the time line."""

from legal_service.cases.queries.account import statement
from legal_service.cases.queries.cases import (
    case_json,
    case_numbers,
    case_row,
    cases,
    contracts_of,
    docket,
    due_of,
    history_of,
    milestones_of,
    open_case_of,
    position_of,
    position_of_loan,
    proofs_withdrawn,
    service_rows,
    services_of,
)
from legal_service.cases.queries.limitation import acts_of, limitation_of
from legal_service.cases.queries.notices import KnownNotice, notices
from legal_service.cases.queries.personal import contact_fields, personal_fields
from legal_service.cases.queries.prospects import Prospect, Step, prospects
from legal_service.cases.queries.search import search
from legal_service.cases.queries.suggestions import suggestions
from legal_service.cases.queries.timeline import timeline
from legal_service.cases.queries.watched import Falling, dying, falling, open_between, reminded
from legal_service.cases.queries.work_list import Line, WorkPage, view_counts, work_list

__all__ = [
    "Falling",
    "KnownNotice",
    "Line",
    "Prospect",
    "Step",
    "WorkPage",
    "acts_of",
    "case_json",
    "case_numbers",
    "case_row",
    "cases",
    "contact_fields",
    "contracts_of",
    "docket",
    "due_of",
    "dying",
    "falling",
    "history_of",
    "limitation_of",
    "milestones_of",
    "notices",
    "open_between",
    "open_case_of",
    "personal_fields",
    "position_of",
    "position_of_loan",
    "proofs_withdrawn",
    "prospects",
    "reminded",
    "search",
    "service_rows",
    "services_of",
    "statement",
    "suggestions",
    "timeline",
    "view_counts",
    "work_list",
]
