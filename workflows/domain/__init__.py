"""The hazard loop: rules, calendar, deadlines, organisation, cases, ledger, evidence."""
