"""What the portals of one family (Cybertrust Managed PKI) share; each of `mock_ca.sites` is one portal built from it.

A subscriber is invited (`provision`, `letters`), enters (`enrol`), fetches a key (`key_site`, `issuing`), opens a
service with its certificate (`service`), is reminded (`notices`), renews (`renew`, `resume`), or has it reissued by
telephone (`support_desk`). Every page stands on `portal`; `system` puts the parts together.

What differs from portal to portal is given, not asked for: numbers (`figures`), the kinds of certificates (`office`),
sentences and captions (a mapping of words), addresses (`portal.Paths`), mails (a `Letters` of its own) and templates:
a system's folder comes before `templates` here, and a template extends the one that it hides as `shared/NAME.html`.
What no number can say is a method to override: `Service.fits`, `Renewal.statuses`, `Resumption.fetch_until`,
`KeySite.password_problem`, `Portal.submitted`, `Provision.invite`.
"""
