"""What every stand-in program is built from: windows, the certificate store, the line to an agent, and the set-up."""

from mock_apps.base.agent import Agent, AgentError, Told
from mock_apps.base.boxes import Message, SaveAs
from mock_apps.base.defects import Defects
from mock_apps.base.desktop import Desktop
from mock_apps.base.package import Package
from mock_apps.base.proxy import Proxy, ProxyPasswordError
from mock_apps.base.run import Settings, run
from mock_apps.base.setup import Setup, Uninstall
from mock_apps.base.store import Held, SerialReusedError, Store, StoreError
from mock_apps.base.window import Form, RefusedError, Views, Window

__all__ = [
    "Agent",
    "AgentError",
    "Defects",
    "Desktop",
    "Form",
    "Held",
    "Message",
    "Package",
    "Proxy",
    "ProxyPasswordError",
    "RefusedError",
    "SaveAs",
    "SerialReusedError",
    "Settings",
    "Setup",
    "Store",
    "StoreError",
    "Told",
    "Uninstall",
    "Views",
    "Window",
    "run",
]
