"""The writes of the room: building packages, granting downloads."""

from legal_service.exports.operations.building import Built, build_package
from legal_service.exports.operations.grants import create_grant

__all__ = ["Built", "build_package", "create_grant"]
