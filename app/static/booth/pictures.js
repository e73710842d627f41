/**
 * Own the few line pictures of the booth and the trustees' page, as path data.
 */

import { svg } from "./dom.js";

export const lock = () =>
  svg("icon icon-fill", "0 0 24 24", ["M7 10V7a5 5 0 0 1 10 0v3h1a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zm2 0h6V7a3 3 0 0 0-6 0z"]);

export const sound = () =>
  svg("icon icon-line", "0 0 24 24", ["M4 9v6h4l5 4V5L8 9z", "M16 9a4 4 0 0 1 0 6", "M18.500 6a8 8 0 0 1 0 12"]);

export const phone = () =>
  svg("icon icon-line", "0 0 24 24", [
    "M5 4h4l2 5-2.500 1.500a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2",
  ]);

export const person = () =>
  svg("photo photo-none", "0 0 56 67", ["M28 16a11 12 0 1 1 0 24a11 12 0 1 1 0-24", "M6 67c0-15 10-23 22-23s22 8 22 23z"]);

export const key = () =>
  svg("icon icon-key", "0 0 44 20", ["M10 2a8 8 0 1 1 0 16a8 8 0 1 1 0-16", "M18 10h24v6M34 10v5"]);
