"""Programs on the user's desktop: what all of them can be asked to do, and stand-ins for them on loopback."""

from __future__ import annotations

from sekisho.program.interface import Machine, NoProgramError, Program, Window

__all__ = ["Machine", "NoProgramError", "Program", "Window"]
