/** Sizes that the rows (DOM) and the bars (canvas) must agree on, in CSS pixels. */

export const ROW_HEIGHT = 24;
export const BAR_HEIGHT = 12;
export const BAR_TOP = 5;
export const INDENT = 14;
export const NARROWEST_TREE = 120;

/** Of the flame view: from one band to the next, and its bars. */
export const BAND_HEIGHT = 20;
export const BAND_BAR = 18;

/** Indentation takes at most this share of the tree column, so that names stay readable at depth 1,000. */
const INDENT_SHARE = 0.42;

export function mostIndentLevels(treeWidth: number): number {
  return Math.max(Math.floor((treeWidth * INDENT_SHARE) / INDENT), 2);
}

export function widestTree(width: number): number {
  return Math.max(Math.round(width * (width < 600 ? 0.52 : 0.62)), NARROWEST_TREE);
}
