"""Pages for exploring the mock by hand (`sekisho serve`), on the control port."""

from mock_ca.console.console import Console
from mock_ca.console.entry import Entry

__all__ = ["Console", "Entry"]
