"""The office behind the loop: bodies, people, accounts, enterprises, calendar and rule sets.

Every command is one transaction, done by an administrator, and leaves a chained entry.
"""
