// A navigation that has not yet been given the focus. The heading may be drawn later than the navigation: its text has
// to be loaded first.
let arrived = false;

export function noteArrival(): void {
  arrived = true;
}

/** True once after each navigation. */
export function takeArrival(): boolean {
  const was = arrived;
  arrived = false;
  return was;
}
