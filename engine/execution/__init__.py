"""The only room with SpiffWorkflow and lxml: specs, state codec, runner, timers."""
