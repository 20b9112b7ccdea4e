/** What `ask` gives, unless it throws or takes longer than `timeoutMs`: then `otherwise()`. */
export async function within(timeoutMs, ask, otherwise) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(() => resolve(otherwise()), timeoutMs)));
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return otherwise();
  } finally {
    clearTimeout(timer);
  }
}
