"""The portal of the sixth manual: rooms behind one address on loopback, and named ways in which each can be wrong."""

from tests.manuals.portal.premises import Answer, Asked, Premises, Room, page
from tests.manuals.portal.server import serve

__all__ = ["Answer", "Asked", "Premises", "Room", "page", "serve"]
