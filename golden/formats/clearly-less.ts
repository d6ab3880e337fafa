/** Whether one sum of so many squares is below another by more than summing in another order could change. */
export function clearlyLess(error: number, other: number, elements: number): boolean {
  return error < other * (1 - elements * 2 ** -50);
}
