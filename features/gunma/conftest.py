"""The sentences that only this manual has."""

from sekisho.manual.own import sentences

from . import bank, issuing, permitted, redoing, user_list

globals().update(sentences(bank, issuing, permitted, redoing, user_list))
