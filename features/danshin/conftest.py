"""The sentences that only this manual has."""

from sekisho.manual.own import sentences

from . import other_computers

globals().update(sentences(other_computers))
