"""Files and certificates of strangers: what is taken in, what is refused and why, and what is read of them."""
