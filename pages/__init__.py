"""How each screen of a portal is used: locators and verbs, no assertion."""
