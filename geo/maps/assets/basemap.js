// The basemap's numbers as degrees: a path's first pair counts from 0° E 0° N, each further pair from the one before it.

function allonymDecodeBasemap(layer) {
  return layer.paths.map((path) => {
    const points = [];
    let lon = 0;
    let lat = 0;
    for (let i = 0; i < path.length; i += 2) {
      lon += path[i];
      lat += path[i + 1];
      points.push([lat * layer.quantum, lon * layer.quantum]);
    }
    return points;
  });
}
