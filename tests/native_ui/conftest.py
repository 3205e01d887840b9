"""A made-up accessibility bus."""

from __future__ import annotations

from .fake_bus import bus, desktop

__all__ = ["bus", "desktop"]
