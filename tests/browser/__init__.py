"""Tests of the browser side: PKCS#12, certificate stores, dialog, faults, against servers on loopback."""
