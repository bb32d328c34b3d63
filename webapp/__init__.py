"""The pages and the JSON API: thin, over the application and the engine."""
