"""Exploring: which faults are laid into which exchanges of a procedure, and in which order. No portal is asked here."""

from sekisho.explore.cells import Case, cases, in_order
from sekisho.explore.faults import FAULTS, Fault, fault
from sekisho.explore.phases import Phase, phase_of

__all__ = ["FAULTS", "Case", "Fault", "Phase", "cases", "fault", "in_order", "phase_of"]
