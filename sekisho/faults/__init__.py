"""Faults on the wire between the browser and the portal: deterministic, addressed, against any portal."""

from __future__ import annotations

from sekisho.faults.fault import Exchange, Fault
from sekisho.faults.wire import Wire

__all__ = ["Exchange", "Fault", "Wire"]
