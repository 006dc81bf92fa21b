"""The Cartagena+40 portal: apps from `common` (lowest) to `demo` (highest), then wiring."""
