"""団信ネット／団信Web: enrolment, renewal and the three services of the danshin manual."""
