"""A target file: one TOML that describes a portal to test. The mock is the target that needs no file."""

from sekisho.manual.accounts import STATES
from sekisho.target_file.model import Target
from sekisho.target_file.needs import Unmet, unmet
from sekisho.target_file.portal import TargetPortal
from sekisho.target_file.reading import examine, read
from sekisho.target_file.secrets import secret

__all__ = ["STATES", "Target", "TargetPortal", "Unmet", "examine", "read", "secret", "unmet"]
