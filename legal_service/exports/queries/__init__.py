"""What the room reads: what must be hidden, which packages there are and who may take them, what is in them, what may be built."""

from legal_service.evidence.queries import origins
from legal_service.exports.queries.contents import changes_since, contents_of, inside_of, pages_of
from legal_service.exports.queries.deliveries import downloads_under
from legal_service.exports.queries.known import known_values, lender_values, third_persons
from legal_service.exports.queries.offers import audiences_offered
from legal_service.exports.queries.packages import (
    earlier,
    export_row,
    export_with,
    grant_for,
    grants_to,
    package_of,
    packages_of,
    received,
)
from legal_service.exports.queries.readiness import blockers, claim_of, facts_as_made, template_as_made
from legal_service.exports.verifying import how_to_verify

__all__ = [
    "audiences_offered",
    "blockers",
    "changes_since",
    "claim_of",
    "contents_of",
    "downloads_under",
    "earlier",
    "export_row",
    "export_with",
    "facts_as_made",
    "grant_for",
    "grants_to",
    "how_to_verify",
    "inside_of",
    "known_values",
    "lender_values",
    "origins",
    "package_of",
    "packages_of",
    "pages_of",
    "received",
    "template_as_made",
    "third_persons",
]
