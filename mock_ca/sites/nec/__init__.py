"""NEC 電子証明書: a portal for Internet Explorer, whose pages make the user's key and install the certificate."""
