"""The sentences that only this manual has."""

from sekisho.manual.own import sentences

from . import gate, waiting

globals().update(sentences(gate, waiting))
