/** A canvas that is as sharp as the screen: sized in device pixels, drawn in CSS pixels. */

export const CANVAS_FONT = `11px 'Atkinson Hyperlegible Next Variable', system-ui, sans-serif`;

export function prepareCanvas(
  canvas: HTMLCanvasElement | null,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const context = canvas?.getContext('2d');
  if (!canvas || !context || width <= 0 || height <= 0) return null;
  const ratio = window.devicePixelRatio || 1;
  const deviceWidth = Math.round(width * ratio);
  const deviceHeight = Math.round(height * ratio);
  // Assigning a size clears the canvas and costs an allocation, even when it is the same size.
  if (canvas.width !== deviceWidth || canvas.height !== deviceHeight) {
    canvas.width = deviceWidth;
    canvas.height = deviceHeight;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
