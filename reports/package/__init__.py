"""The evidence package: a run's results, its reports and a statement, signed; and its verification, offline."""
