"""企保ネット・N-ナビ: enrolment, renewal and the two services of the kihonet manual."""
