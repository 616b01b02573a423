// One canvas that follows the map: Leaflet's Renderer moves it while panning and zooming, `paint` fills it when the view rests.

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  const theme = {};
  for (const key of ["paper", "ink", "muted", "focus", "halo", "land", "water", "coast", "border", "division", "disputed",
    "country", "town", "river", "waterName", "sans", "serif", "area"]) theme[key] = value(key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  return theme;
}

// A place is drawn on the turn of longitudes that is nearest to the middle of the canvas.
function nearestTurn(x, frame) {
  return x + Math.round((frame.left + frame.width / 2) / frame.scale - x);
}

const CanvasLayer = L.Renderer.extend({
  options: { padding: 0.2 },

  initialize(paint, options) {
    L.Renderer.prototype.initialize.call(this, options);
    this._paint = paint;
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
  },

  _destroyContainer() {
    this._container.remove();
    this._container = null;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const canvas = this._container;
    const size = this._bounds.getSize();
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    L.DomUtil.setPosition(canvas, this._bounds.min);
    canvas.width = Math.round(size.x * ratio);
    canvas.height = Math.round(size.y * ratio);
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    this._scale = ratio;
    this.repaint();
    this.fire("update");
  },

  _updatePaths() {},

  _reset() {
    this._update();
    this._updateTransform(this._center, this._zoom);
  },

  // What `paint` needs: how the world square [0, 1]² lies on the canvas, and which part of the canvas the window shows.
  frame() {
    const origin = this._map.getPixelOrigin().add(this._bounds.min);
    const size = this._bounds.getSize();
    const view = this._map.getSize();
    const inset = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min);
    return {
      scale: 256 * 2 ** this._map.getZoom(), zoom: this._map.getZoom(), left: origin.x, top: origin.y,
      width: size.x, height: size.y, window: [inset.x, inset.y, inset.x + view.x, inset.y + view.y],
    };
  },

  // What the layer draws, on another canvas and in another frame.
  paintOn(context, frame) {
    this._paint(context, frame);
  },

  repaint() {
    if (!this._map || !this._bounds) return;
    const context = this._container.getContext("2d");
    const size = this._bounds.getSize();
    context.setTransform(this._scale, 0, 0, this._scale, 0, 0);
    context.clearRect(0, 0, size.x, size.y);
    this._paint(context, this.frame());
  },
});
