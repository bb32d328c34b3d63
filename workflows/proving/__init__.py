"""What the product ensures beside a diagram, told so that statutes can be proved with it."""
