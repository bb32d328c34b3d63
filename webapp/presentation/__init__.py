"""What pages show, made from what the engine and the domain know; no HTML, no queries."""
