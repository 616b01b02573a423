"""Still pictures of a map: PNG, SVG and PDF."""
