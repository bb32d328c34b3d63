"""An extension of the enterprise's date: asked for, signed by two bodies, put in force, filed."""
