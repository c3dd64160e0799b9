"""The writes of the room: moves, records, deadlines, the sweep, and the lines of the work list that follow from them."""

from legal_service.cases.operations.deadlines import close_deadlines, correct_deadline, open_deadline
from legal_service.cases.operations.followed import follow_records
from legal_service.cases.operations.forcing import ask_force, decide_force
from legal_service.cases.operations.moves import advance, open_case
from legal_service.cases.operations.notices import Loaded, load_notice, preview_notice
from legal_service.cases.operations.proceedings import record_event, withdraw_event
from legal_service.cases.operations.proofs import decide_limitation, withdraw_proof
from legal_service.cases.operations.records import record_milestone, record_service, record_settlement
from legal_service.cases.operations.reveal import reveal, statement_taken
from legal_service.cases.operations.sweep import Swept, sweep

__all__ = [
    "Loaded",
    "Swept",
    "advance",
    "ask_force",
    "close_deadlines",
    "correct_deadline",
    "decide_force",
    "decide_limitation",
    "follow_records",
    "load_notice",
    "open_case",
    "open_deadline",
    "preview_notice",
    "record_event",
    "record_milestone",
    "record_service",
    "record_settlement",
    "reveal",
    "statement_taken",
    "sweep",
    "withdraw_event",
    "withdraw_proof",
]
