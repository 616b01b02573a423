"""Draw: layers become a Folium page."""
