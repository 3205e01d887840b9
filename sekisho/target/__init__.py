"""A target file: one TOML that describes a portal to test. The mock is the target that needs no file."""

from sekisho.manual.accounts import STATES
from sekisho.target.model import Target
from sekisho.target.needs import Unmet, unmet
from sekisho.target.portal import TargetPortal
from sekisho.target.reading import examine, read
from sekisho.target.secrets import secret

__all__ = ["STATES", "Target", "TargetPortal", "Unmet", "examine", "read", "secret", "unmet"]
