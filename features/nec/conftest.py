"""The sentences that only this manual has."""

from sekisho.manual.own import sentences

from . import certenroll, legacy, ownkeys

globals().update(sentences(certenroll, legacy, ownkeys))
