"""What the JSON interface takes and gives, as marshmallow schemas."""
