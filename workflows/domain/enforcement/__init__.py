"""Enforcement after an expiry: the bureau's decision, the measures, the referral to the police."""
