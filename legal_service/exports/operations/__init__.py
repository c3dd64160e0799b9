"""The writes of the room: building packages, granting downloads and taking grants back, handing packages out."""

from legal_service.exports.operations.building import Built, build_package
from legal_service.exports.operations.grants import create_grant, revoke_grant
from legal_service.exports.operations.taking import LARGEST, Taken, take_own_package, take_package

__all__ = [
    "LARGEST",
    "Built",
    "Taken",
    "build_package",
    "create_grant",
    "revoke_grant",
    "take_own_package",
    "take_package",
]
