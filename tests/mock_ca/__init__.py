"""The mock CA, judged from outside: over HTTP, and by openssl, NSS tools, curl and pkilint."""
