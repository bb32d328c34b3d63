"""Who may sign in: accounts, passwords and the sessions they open."""
