"""What portals of every system are built with: sessions, pages and the visitor's certificate."""

from mock_ca.web.pages import Pages
from mock_ca.web.sessions import Session, SessionInvalidError, Sessions
from mock_ca.web.visitor import client_certificate, supported_browser, visitor_id

__all__ = [
    "Pages",
    "Session",
    "SessionInvalidError",
    "Sessions",
    "client_certificate",
    "supported_browser",
    "visitor_id",
]
