"""The checks of the deploy gate, one subject a module; `engine.deployment.gate` lists them."""
