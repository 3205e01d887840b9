"""The sentences that only this manual has."""

from sekisho.manual.own import sentences

from . import (
    backup,
    client,
    client_backup,
    client_key_password,
    client_notices,
    client_redoing,
    client_setup,
    key_password,
    proxy,
)

CLIENT = (client, client_backup, client_key_password, client_notices, client_redoing, client_setup)

globals().update(sentences(*CLIENT, backup, key_password, proxy))
