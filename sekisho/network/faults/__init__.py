"""Faults on the wire between the browser and the portal: laid when a person presses something, against any portal."""

from __future__ import annotations

from sekisho.network.faults.fault import Aim, Exchange, Fault
from sekisho.network.faults.wire import Wire

__all__ = ["Aim", "Exchange", "Fault", "Wire"]
