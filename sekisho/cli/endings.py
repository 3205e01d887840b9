"""The signals that end a command from outside: a service that stops, a terminal that closes, a line that breaks."""

from __future__ import annotations

import signal

ENDINGS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
