"""The sentences that only this manual has."""

from sekisho.manual.own import sentences

from . import gate, person, token, waiting

globals().update(sentences(gate, person, token, waiting))
