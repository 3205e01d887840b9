"""The folder of a new manual: one of the best known family, from some answers, or a bare one to begin with."""
