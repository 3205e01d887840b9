"""What every stand-in program is built from: windows, the certificate store, the line to an agent, and the set-up."""

from mock_apps.base.agent import Agent, AgentError
from mock_apps.base.desktop import Desktop
from mock_apps.base.package import Package, Setup
from mock_apps.base.run import Settings, run
from mock_apps.base.store import Held, Store, StoreError
from mock_apps.base.window import Form, RefusedError, Views, Window

__all__ = [
    "Agent",
    "AgentError",
    "Desktop",
    "Form",
    "Held",
    "Package",
    "RefusedError",
    "Settings",
    "Setup",
    "Store",
    "StoreError",
    "Views",
    "Window",
    "run",
]
