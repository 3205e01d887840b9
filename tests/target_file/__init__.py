"""Target files: what one may say, and what a real portal is asked for."""
