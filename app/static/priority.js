// Which priority class an age gives a right to: the kiosk and the clerk's console ask alike.

const USUAL_AGE = 75;

/** The class of the centre, or null. Its name says from what age; usually from 75. */
export function classForAge(centre, age) {
  const elderly = centre.priority_classes?.find(({ code }) => code === "elderly");
  const from = Number(/\d+/.exec(elderly?.name ?? "")?.[0] ?? USUAL_AGE);
  return elderly && age >= from ? elderly : null;
}
