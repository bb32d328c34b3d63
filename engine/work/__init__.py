"""Commands: start, claim, complete, act, fire what is due; one command is one transaction."""
