"""Exploring: what is tried in a procedure beside carrying it out, and in which order. No portal is asked here."""

from sekisho.explore.cells import Case, in_order
from sekisho.explore.fault_cells import FaultCase
from sekisho.explore.faults import FAULTS, Fault, fault
from sekisho.explore.phases import Phase, phase_of

__all__ = ["FAULTS", "Case", "Fault", "FaultCase", "Phase", "fault", "in_order", "phase_of"]
