"""Tables and queries of the engine, and the unit of work: the only commit of the product."""
