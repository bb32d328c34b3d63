"""The application without its pages: the hazard domain, its processes, rules and command line."""
