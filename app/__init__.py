"""Own nothing yet but the package; create_app() assembles the slices."""
