"""The browser's private surfaces, without a browser as far as possible."""
