"""The wire: whom the harness speaks to, TLS handshakes of its own, proxies, and faults that are laid on purpose."""
