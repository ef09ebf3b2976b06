// When a wait, or a handling, turns amber before it is past its target.

const EARLIEST_SHARE = 2 / 3; // as ten minutes are of fifteen

/**
 * Seconds after which a time with this target is amber, in a centre {target_s, amber_s}. A target below the centre's turns
 * amber at two thirds of it, if that is sooner; a longer one no later than all others.
 */
export function amberOf(targetS, { target_s: usual = 900, amber_s: amber = 600 }) {
  return targetS < usual ? Math.min(amber, Math.round(targetS * EARLIEST_SHARE)) : amber;
}
