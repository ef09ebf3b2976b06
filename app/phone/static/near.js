// When a turn is near. app/nearness.py is the same rule for messages; a test holds the two together.

export const NEXT_AHEAD = 1;
export const NEAR_AHEAD = 3;
export const MARGIN_MIN = 5;
export const WALK_MIN = 5; // of whoever has not said

/** `ticket`: {ahead, forecast}; `walkMin`: the way back; `ageMin`: how long ago that was so. No counter open: no turn is near. */
export function isNear({ ahead, forecast }, walkMin, ageMin = 0) {
  if (!forecast) return false;
  const backMin = walkMin + MARGIN_MIN;
  const [low, middle] = [forecast.low_min - ageMin, (forecast.low_min + forecast.high_min) / 2 - ageMin];
  const soon = low <= backMin && middle <= 2 * backMin;
  const few = ahead <= NEAR_AHEAD && low <= backMin + MARGIN_MIN;
  return ahead <= NEXT_AHEAD || soon || few;
}
