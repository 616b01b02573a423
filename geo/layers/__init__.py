"""Shape: decisions become GeoDataFrames."""
